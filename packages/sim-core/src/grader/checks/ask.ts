import type { Target, TargetAnswer, TargetRequest } from '../target/target.ts';

/** Milliseconds that an answer has. */
const PATIENCE = 10_000;

/** Sends one request and waits for its answer, as a client with a timeout. */
export async function ask(target: Target, request: TargetRequest): Promise<TargetAnswer> {
  const answer = await target.patience(target.send(request), PATIENCE);
  return answer ?? { failure: `no answer within ${PATIENCE / 1000} s` };
}
