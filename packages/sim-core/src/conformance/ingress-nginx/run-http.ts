import { answerProblems } from './answer-problems.ts';
import { CookieJar } from './cookie-jar.ts';
import { sendAll } from './send.ts';
import type { Vector } from './vector.ts';
import type { World } from './world.ts';

/** Requests, and what comes back. */
export async function runHttp(world: World, { manifests, request, expect, steps }: Vector): Promise<string[]> {
  world.load(manifests);
  const jar = new CookieJar();
  const rounds = steps ?? [{ request, expect }];
  const problems: string[] = [];
  for (const [index, round] of rounds.entries()) {
    if (round.request === undefined || round.expect === undefined) continue;
    const answers = await sendAll(world.stand.transport, round.request, jar);
    const step = steps === undefined ? '' : `step ${index + 1}: `;
    problems.push(...answerProblems(answers, round.expect).map((problem) => step + problem));
  }
  return problems;
}
