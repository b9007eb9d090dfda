import type { FetchOptions, FetchResult, FetchTarget } from '../../../fetch.ts';
import { answerOf, type Waiting } from '../../wait.ts';
import { KERNEL_TIMEOUT } from './failure.ts';
import type { Transfer } from './transfer.ts';

const LONGEST_WAIT = 600_000;

/** Sends within the limits of -m and --connect-timeout. */
export function* send({ options, process }: Transfer, target: FetchTarget, asked: FetchOptions): Waiting<FetchResult> {
  const limits = [options.value('m'), options.value('connect-timeout')]
    .map((each) => Number(each ?? 0) * 1000)
    .filter((each) => each > 0);
  const timeout = limits.length > 0 ? Math.min(...limits) : LONGEST_WAIT;
  return yield* answerOf<FetchResult>((done) =>
    process.machine.context.fetch(
      target,
      { ...asked, timeout, connectTimeout: Math.min(timeout, KERNEL_TIMEOUT) },
      done,
    ),
  );
}
