import { type Answer, json, reasonPhrase, text } from '../http-answer.ts';
import { defineHttpProgram, listenPort } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import { delayed, type LateAnswer, withBody } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { canonicalHeader, hostOf, nodeHeaders, pathOf, queryParameters } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';

const METHOD_PATHS: Readonly<Record<string, string>> = Object.freeze({
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
});

/** Longest wait that `/delay/N` grants (httpbin's own limit). */
const LONGEST_DELAY = 10;

/** httpbin: the request as JSON, status codes, delays, redirects (its `core.py`; the endpoints that lessons use). */
export const httpbin = defineHttpProgram({
  name: 'httpbin',
  images: [
    'docker.io/kennethreitz/httpbin',
    'docker.io/kong/httpbin',
    'docker.io/mccutchen/go-httpbin',
    'ghcr.io/mccutchen/go-httpbin',
  ],
  ports: ({ image, env }) => [listenPort(env['PORT'], image.repository.endsWith('go-httpbin') ? 8080 : 80)],
  greeting: () => ['[INFO] Listening at: http://0.0.0.0:80 (1)'],
  handler: binHandler,
});

function binHandler(context: ContainerContext): Handler {
  return (request) => {
    const [, first = '', second = ''] = pathOf(request.url).split('/');
    const method = METHOD_PATHS[first];
    if (method !== undefined)
      return request.method === method ? everything(request) : text(405, 'Method Not Allowed\n');
    switch (first) {
      case '':
        return text(
          200,
          'httpbin: /get /post /put /delete /anything /headers /ip /user-agent /status/N /delay/N /redirect/N /uuid\n',
        );
      case 'anything':
        return everything(request);
      case 'delay':
        return delayed(context.clock, Math.min(Number(second) || 0, LONGEST_DELAY) * 1000, everything(request));
      default:
        return simple(request, first, second);
    }
  };
}

function simple(request: HttpRequest, name: string, argument: string): Answer {
  const left = Number(argument);
  switch (name) {
    case 'headers':
      return json(200, { headers: headersOf(request) });
    case 'ip':
      return json(200, { origin: originOf(request) });
    case 'user-agent':
      return json(200, { 'user-agent': headerValue(request.headers, 'user-agent') ?? null });
    case 'status':
      return left >= 200 && left < 600 ? text(left, '') : text(400, 'Invalid status code\n');
    case 'redirect':
      return text(302, '', ['location', left > 1 ? `/redirect/${left - 1}` : '/get']);
    case 'healthz':
      return text(200, 'OK\n');
    default:
      return text(404, `${reasonPhrase(404)}\n`);
  }
}

function everything(request: HttpRequest): LateAnswer {
  const args = Object.fromEntries(queryParameters(request.url));
  const url = `http://${hostOf(request)}${request.url}`;
  const common = { args, headers: headersOf(request), origin: originOf(request), url };
  if (request.method === 'GET') return (answer) => answer(json(200, common));
  return withBody(request, (data) => json(200, { ...common, data, json: parsed(data), method: request.method }));
}

function headersOf(request: HttpRequest): Record<string, string> {
  return Object.fromEntries(
    Object.entries(nodeHeaders(request.headers)).map(([name, value]) => [canonicalHeader(name), value]),
  );
}

function originOf(request: HttpRequest): string {
  return headerValue(request.headers, 'x-forwarded-for') ?? request.remoteAddress;
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
