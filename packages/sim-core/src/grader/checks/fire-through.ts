import type { Target, TargetAnswer, TargetRequest } from '../target/target.ts';
import { describeAnswer } from './send.ts';

/** Time that answers have which are still out at the end, milliseconds. */
const LAST_ANSWERS = 10_000;

/**
 * Sends requests at a steady rate, whether they are answered or not, and does something when a third of the time is over.
 * @returns how many were sent, and how each of those ended that failed: without an answer, or with a status from 500 on
 */
export async function fireThrough(
  request: TargetRequest,
  load: { readonly rate: number; readonly for: number },
  target: Target,
  act: () => Promise<void>,
): Promise<{ sent: number; failures: readonly string[] }> {
  const failures: string[] = [];
  const out = new Set<Promise<void>>();
  const interval = 1000 / load.rate;
  const total = Math.max(1, Math.floor(load.for / interval));
  const turningPoint = Math.floor(total / 3);
  for (let sent = 0; sent < total; sent++) {
    if (sent === turningPoint) await act();
    const answered = target.send(request).then((answer) => {
      if (isFailure(answer)) failures.push(describeAnswer(answer));
      out.delete(answered);
    });
    out.add(answered);
    await target.wait(interval);
  }
  await target.patience(Promise.all(out), LAST_ANSWERS);
  for (const _ of out) failures.push('no answer in time');
  return { sent: total, failures };
}

function isFailure(answer: TargetAnswer): boolean {
  return !('status' in answer) || answer.status >= 500;
}
