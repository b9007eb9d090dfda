import { formatTime } from '../../sim/clock.ts';
import { type Answer, json, text } from '../http-answer.ts';
import { defineHttpProgram, flagValue, listenPort } from '../http-program.ts';
import type { Handler } from '../http-server.ts';
import type { ContainerContext, Program } from '../program.ts';
import { pathOf, queryParameters } from '../request.ts';
import { type HttpRequest, headerValue } from '../workload.ts';
import { startGrpcHealth } from './agnhost-grpc-health.ts';
import { agnhostWebhook } from './agnhost-webhook.ts';

const http = defineHttpProgram({
  name: 'agnhost',
  images: ['registry.k8s.io/e2e-test-images/agnhost', 'k8s.gcr.io/e2e-test-images/agnhost'],
  ports: portsOf,
  greeting: ({ argv }) => [argv.length === 0 ? 'Paused' : `Started ${argv.join(' ')}`],
  tls: (context) => (usesTls(context) ? portsOf(context) : []),
  tlsFiles: ({ argv }) => ({
    certificate: flagValue(argv, 'tls-cert-file') ?? '',
    key: flagValue(argv, 'tls-private-key-file') ?? '',
  }),
  handler: (context) => {
    switch (context.argv[0]) {
      case 'serve-hostname':
        return () => text(200, context.pod.metadata.name);
      case 'webhook':
        return agnhostWebhook(context);
      default:
        return netexec(context);
    }
  },
});

/**
 * agnhost of the Kubernetes end-to-end tests: `netexec` (default port 8080), `serve-hostname` (9376), `webhook` (443) and
 * `grpc-health-checking` (5000); `pause` and everything else listens nowhere (kubernetes test/images/agnhost).
 */
export const agnhost: Program = Object.freeze({
  ...http,
  start: (context: ContainerContext) =>
    context.argv[0] === 'grpc-health-checking' ? startGrpcHealth(context) : http.start(context),
});

function portsOf({ argv }: ContainerContext): number[] {
  switch (argv[0]) {
    case 'netexec':
      return [listenPort(flagValue(argv, 'http-port'), 8080)];
    case 'serve-hostname':
      return [listenPort(flagValue(argv, 'port'), 9376)];
    case 'webhook':
      return [listenPort(flagValue(argv, 'port'), 443)];
    default:
      return [];
  }
}

/** Webhook and netexec, where they are given a certificate. */
function usesTls({ argv }: ContainerContext): boolean {
  return (argv[0] === 'webhook' || argv[0] === 'netexec') && flagValue(argv, 'tls-cert-file') !== undefined;
}

/** test/images/agnhost/netexec/netexec.go: the endpoints that need no second machine. */
function netexec(context: ContainerContext): Handler {
  return (request) => {
    switch (pathOf(request.url)) {
      case '/':
        return text(200, `NOW: ${formatTime(context.clock.now())}`);
      case '/clientip':
        return text(200, request.remoteAddress);
      case '/header':
        return text(
          200,
          headerValue(request.headers, (queryParameters(request.url).get('key') ?? '').toLowerCase()) ?? '',
        );
      case '/hostname':
      case '/hostName':
        return text(200, context.pod.metadata.name);
      case '/echo':
        return echo(request);
      case '/healthz':
        return text(200, '');
      case '/exit':
      case '/shutdown':
        return exit(context, request);
      default:
        return json(404, { error: `no endpoint ${pathOf(request.url)}` });
    }
  };
}

function echo(request: HttpRequest): Answer {
  const query = queryParameters(request.url);
  const code = Number(query.get('code') ?? 200);
  return text(Number.isInteger(code) && code >= 200 && code < 600 ? code : 200, query.get('msg') ?? '');
}

function exit(context: ContainerContext, request: HttpRequest): Answer {
  context.exit(Number(queryParameters(request.url).get('code') ?? 0));
  return text(200, '');
}
