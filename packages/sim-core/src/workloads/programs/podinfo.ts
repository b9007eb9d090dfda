import { ECHO, health, oneOf } from '../grpc-services.ts';
import { type Answer, escapeHtml, html, json, text } from '../http-answer.ts';
import { defineHttpProgram, flagValue, listenPort } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import { imageVersion } from '../image-reference.ts';
import { delayed, type LateAnswer, withBody } from '../late-answer.ts';
import type { ContainerContext } from '../program.ts';
import { goHeaders, pathOf } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';

/** stefanprodan/podinfo: who it is, health that can be switched, status codes, delays and a crash on request (its `pkg/api/http`). */
export const podinfo = defineHttpProgram({
  name: 'podinfo',
  images: ['docker.io/stefanprodan/podinfo', 'ghcr.io/stefanprodan/podinfo'],
  ports: ({ argv, env }) => [listenPort(flagValue(argv, 'port') ?? env['PODINFO_PORT'], 9898)],
  grpc: ({ argv, env }) => {
    const port = Number(flagValue(argv, 'grpc-port') ?? env['PODINFO_GRPC_PORT'] ?? 0);
    return port > 0 ? { port, service: oneOf(health(), () => ECHO) } : undefined;
  },
  greeting: ({ image }) => [`{"level":"info","msg":"Starting podinfo","version":"${imageVersion(image)}"}`],
  handler: podinfoHandler,
});

function podinfoHandler(context: ContainerContext): Handler {
  let ready = true;
  const switchTo = (value: boolean): Answer => {
    ready = value;
    return json(202, { status: 'OK' });
  };
  return (request) => {
    const [, first = '', second = ''] = pathOf(request.url).split('/');
    switch (first) {
      case '':
        return identity(context, request);
      case 'healthz':
        return json(200, { status: 'OK' });
      case 'readyz':
        if (second === 'enable' || second === 'disable') return switchTo(second === 'enable');
        return ready ? json(200, { status: 'OK' }) : json(503, { status: 'Service Unavailable' });
      default:
        return tool(context, request, first, second);
    }
  };
}

function tool(context: ContainerContext, request: HttpRequest, name: string, argument: string): Answer | LateAnswer {
  const number = Number(argument);
  switch (name) {
    case 'version':
      return json(200, { commit: 'simulated', version: imageVersion(context.image) });
    case 'env':
      return json(
        200,
        Object.entries(context.env).map(([key, value]) => `${key}=${value}`),
      );
    case 'headers':
      return json(200, goHeaders(request.headers));
    case 'status':
      return number >= 200 && number < 600 ? json(number, { status: number }) : json(400, { status: 400 });
    case 'delay':
      return delayed(context.clock, number * 1000 || 0, (answer) => answer(json(200, { delay: number })));
    case 'echo':
      return withBody(request, (body) => text(202, body));
    case 'panic':
      context.log('{"level":"panic","msg":"Panic command received"}');
      context.exit(255);
      return text(500, '');
    default:
      return text(404, '404 page not found\n');
  }
}

function identity(context: ContainerContext, request: HttpRequest): Answer {
  const { pod, env } = context;
  const info = {
    hostname: pod.metadata.name,
    version: imageVersion(context.image),
    revision: 'simulated',
    color: env['PODINFO_UI_COLOR'] ?? '#34577c',
    logo: env['PODINFO_UI_LOGO'] ?? '',
    message: env['PODINFO_UI_MESSAGE'] ?? `greetings from podinfo v${imageVersion(context.image)}`,
  };
  if (headerValue(request.headers, 'accept')?.includes('text/html') !== true) return json(200, info);
  const title = escapeHtml(`${info.message}`);
  return html(
    200,
    `<!doctype html>\n<title>podinfo</title>\n<body><h1>${title}</h1><p>${escapeHtml(info.hostname)}</p>\n`,
  );
}
