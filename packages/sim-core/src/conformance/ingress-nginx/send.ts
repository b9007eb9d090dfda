import type { ClientAnswer, ClientRequest, Transport } from '../transport.ts';
import { CookieJar } from './cookie-jar.ts';
import type { VectorRequest } from './vector.ts';

/**
 * Sends what a vector's request asks for, as often as it says. What answers set goes into the jar for later requests of the
 * vector; repeated ones carry it only with `cookieJar`.
 */
export async function sendAll(transport: Transport, request: VectorRequest, jar: CookieJar): Promise<ClientAnswer[]> {
  const { repeat = 1, parallel = false, cookieJar = false } = request;
  if (parallel) {
    const answers = await transport.sendAll(Array.from({ length: repeat }, () => requestOf(request, jar)));
    for (const { headers } of answers) jar.keep(headers);
    return answers;
  }
  const kept = cookieJar ? jar : CookieJar.from(jar);
  const answers: ClientAnswer[] = [];
  for (let i = 0; i < repeat; i++) {
    const answer = await transport.send(requestOf(request, jar));
    kept.keep(answer.headers);
    answers.push(answer);
  }
  jar.addAll(kept);
  return answers;
}

function requestOf(request: VectorRequest, jar: CookieJar): ClientRequest {
  const { method = 'GET', scheme = 'http', host, path, bodySize } = request;
  const given = Object.entries(request.headers ?? {});
  const cookies = given.some(([name]) => name.toLowerCase() === 'cookie') ? '' : jar.header(path, scheme);
  const headers = [...given.flat(), ...(cookies === '' ? [] : ['Cookie', cookies])];
  const body = bodySize === undefined ? request.body : 'x'.repeat(bodySize);
  const sni = request.sni ?? host.replace(/:\d+$/, '');
  return { method, scheme, host, path, headers, sni, ...(body === undefined ? {} : { body }) };
}
