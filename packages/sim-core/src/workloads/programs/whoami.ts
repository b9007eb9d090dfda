import { json, text } from '../http-answer.ts';
import { defineHttpProgram, flagValue, listenPort } from '../http-program.ts';
import type { ContainerContext } from '../program.ts';
import { goHeaders, hostOf, pathOf } from '../request.ts';
import type { HttpRequest } from '../workload.ts';

/** traefik/whoami: its host name, addresses and the request, as text or (`/api`) as JSON (`app.go` of traefik/whoami). */
export const whoami = defineHttpProgram({
  name: 'whoami',
  images: ['docker.io/traefik/whoami', 'docker.io/containous/whoami'],
  ports: (context) => [portOf(context)],
  tls: (context) => (flagValue(context.argv, 'cert') === undefined ? [] : [portOf(context)]),
  tlsFiles: ({ argv }) => ({ certificate: flagValue(argv, 'cert') ?? '', key: flagValue(argv, 'key') ?? '' }),
  greeting: (context) => [
    `Starting up on port ${flagValue(context.argv, 'port') ?? context.env['WHOAMI_PORT_NUMBER'] ?? 80}`,
  ],
  handler: (context) => (request) => {
    switch (pathOf(request.url)) {
      case '/api':
        return json(200, asJson(context, request));
      case '/health':
        return text(200, '');
      case '/bench':
        return text(200, '1');
      default:
        return text(200, asText(context, request));
    }
  },
});

function portOf({ argv, env }: ContainerContext): number {
  return listenPort(flagValue(argv, 'port') ?? env['WHOAMI_PORT_NUMBER'], 80);
}

function nameOf({ argv, env }: ContainerContext): string | undefined {
  return flagValue(argv, 'name') ?? env['WHOAMI_NAME'];
}

function asText(context: ContainerContext, request: HttpRequest): string {
  const name = nameOf(context);
  const lines = [
    ...(name === undefined ? [] : [`Name: ${name}`]),
    `Hostname: ${context.pod.metadata.name}`,
    'IP: 127.0.0.1',
    `IP: ${context.podIp}`,
    `RemoteAddr: ${request.remoteAddress}`,
    `${request.method} ${request.url} HTTP/${request.httpVersion}`,
    `Host: ${hostOf(request)}`,
  ];
  for (const [header, values] of sorted(request)) for (const value of values) lines.push(`${header}: ${value}`);
  if (request.tls?.client !== undefined) lines.push(`Certificate[0] Subject: ${request.tls.client.subject}`);
  return `${lines.join('\n')}\n\n`;
}

function asJson(context: ContainerContext, request: HttpRequest): unknown {
  const name = nameOf(context);
  return {
    hostname: context.pod.metadata.name,
    ip: ['127.0.0.1', context.podIp],
    headers: Object.fromEntries(sorted(request)),
    url: request.url,
    host: hostOf(request),
    method: request.method,
    ...(name !== undefined && { name }),
    remoteAddr: request.remoteAddress,
  };
}

function sorted(request: HttpRequest): [string, string[]][] {
  return Object.entries(goHeaders(request.headers)).sort(([a], [b]) => (a < b ? -1 : 1));
}
