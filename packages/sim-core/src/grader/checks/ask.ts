import type { Target, TargetAnswer, TargetRequest } from '../target/target.ts';

/** Milliseconds that an answer has. */
const PATIENCE = 10_000;

/** Sends one request and waits for its answer, as a client with a timeout. */
export async function ask(target: Target, request: TargetRequest): Promise<TargetAnswer> {
  if (request.service !== undefined) return askService(target, request, request.service);
  const answer = await target.patience(target.send(request), PATIENCE);
  return answer ?? { failure: `no answer within ${PATIENCE / 1000} s` };
}

/** By the API server's proxy. */
async function askService(
  target: Target,
  { method, path }: TargetRequest,
  { namespace, name, port }: NonNullable<TargetRequest['service']>,
): Promise<TargetAnswer> {
  const url = `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy${path}`;
  const { status, text } = await target.kubernetes(method, url);
  return { status, headers: [], body: text };
}
