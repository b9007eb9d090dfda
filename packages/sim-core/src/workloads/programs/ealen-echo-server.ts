import { type Answer, json } from '../http-answer.ts';
import { defineHttpProgram, listenPort } from '../http-program.ts';
import { delayed, withBody } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { hostOf, nodeHeaders, pathOf, queryParameters } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';

/** Longest wait that `echo_time` grants, in milliseconds. */
const LONGEST_WAIT = 30_000;

/** ealen/echo-server: the request as JSON; `echo_code`, `echo_body` and `echo_time` (query or `X-ECHO-*`) change the answer. */
export const ealenEchoServer = defineHttpProgram({
  name: 'echo-server',
  images: ['docker.io/ealen/echo-server'],
  ports: ({ env }) => [listenPort(env['PORT'], 80)],
  greeting: ({ env }) => [`Listening on port ${env['PORT'] ?? 80}.`],
  handler: (context) => (request) => {
    const wait = Math.min(Number(asked(request, 'echo_time') ?? 0), LONGEST_WAIT);
    return delayed(
      context.clock,
      wait,
      withBody(request, (body) => echo(context, request, body)),
    );
  },
});

function echo(context: ContainerContext, request: HttpRequest, body: string): Answer {
  const code = Number(asked(request, 'echo_code') ?? 200);
  const status = Number.isInteger(code) && code >= 200 && code < 600 ? code : 200;
  const own = asked(request, 'echo_body');
  return json(status, own ?? description(context, request, body));
}

function asked(request: HttpRequest, name: string): string | undefined {
  return (
    headerValue(request.headers, `x-${name.replace('_', '-')}`) ?? queryParameters(request.url).get(name) ?? undefined
  );
}

function description(context: ContainerContext, request: HttpRequest, body: string): unknown {
  const { pod, podIp, env } = context;
  return {
    host: { hostname: hostOf(request).replace(/:\d+$/, ''), ip: request.remoteAddress, ips: [] },
    http: { method: request.method, baseUrl: '', originalUrl: request.url, protocol: 'http' },
    request: {
      params: { 0: pathOf(request.url) },
      query: Object.fromEntries(queryParameters(request.url)),
      cookies: cookiesOf(request),
      body: parsed(body),
      headers: nodeHeaders(request.headers),
    },
    environment: { ...env, HOSTNAME: pod.metadata.name, POD_IP: podIp },
  };
}

function cookiesOf(request: HttpRequest): Record<string, string> {
  const pairs = (headerValue(request.headers, 'cookie') ?? '').split(/; */).filter((pair) => pair.includes('='));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

function parsed(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
