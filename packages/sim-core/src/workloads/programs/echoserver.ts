import { text } from '../http-answer.ts';
import { defineHttpProgram } from '../http-program.ts';
import type { ImageReference } from '../image-reference.ts';
import { withBody } from '../late-answer.ts';
import { nginxPlainHttp } from '../plain-http.ts';
import type { ContainerContext } from '../program.ts';
import { hostOf, nodeHeaders, pathOf, queryOf } from '../request.ts';
import type { HttpRequest } from '../workload.ts';

/**
 * The echo server of the Kubernetes and ingress-nginx end-to-end tests: pod, server and request as text on port 8080
 * (kubernetes test/images/echoserver, its nginx template).
 */
export const echoserver = defineHttpProgram({
  name: 'echoserver',
  images: [
    'registry.k8s.io/e2e-test-images/echoserver',
    'registry.k8s.io/echoserver',
    'k8s.gcr.io/echoserver',
    'gcr.io/google_containers/echoserver',
    'gcr.io/google-containers/echoserver',
    'registry.k8s.io/ingress-nginx/e2e-test-echo',
  ],
  ports: ({ image }) => [isE2eEcho(image) ? 80 : 8080],
  tls: ({ image }) => (isE2eEcho(image) ? [] : [8443]),
  plainHttp: () => nginxPlainHttp('nginx/1.14.2'),
  greeting: () => ['Generating self-signed cert', 'Starting nginx'],
  handler: (context) => (request) => withBody(request, (body) => text(200, echo(context, request, body))),
});

function isE2eEcho({ repository }: ImageReference): boolean {
  return repository.endsWith('e2e-test-echo');
}

function echo(context: ContainerContext, request: HttpRequest, body: string): string {
  const { pod, podIp, nodeName } = context;
  const headers = Object.entries(nodeHeaders(request.headers)).sort(([a], [b]) => (a < b ? -1 : 1));
  return section([
    ['', `\n\nHostname: ${pod.metadata.name}`],
    [
      'Pod Information:',
      tabbed(
        {
          'node name:': nodeName,
          'pod name:': pod.metadata.name,
          'pod namespace:': pod.metadata.namespace ?? '',
          'pod IP:': podIp,
        },
        '\t',
      ),
    ],
    ['Server values:', tabbed({ server_version: 'nginx: 1.14.2 - lua: 10015' })],
    [
      'Request Information:',
      tabbed({
        client_address: request.remoteAddress,
        method: request.method,
        'real path': request.url,
        query: queryOf(request.url),
        request_version: request.httpVersion,
        request_scheme: request.tls === undefined ? 'http' : 'https',
        request_uri: `${origin(request)}${pathOf(request.url)}`,
      }),
    ],
    ['Request Headers:', tabbed(Object.fromEntries(headers))],
    ['Request Body:', `\t${body === '' ? '-no body in request-' : body}`],
  ]);
}

function origin(request: HttpRequest): string {
  return request.tls === undefined ? `http://${hostOf(request)}:8080` : `https://${hostOf(request)}:8443`;
}

function section(parts: readonly [title: string, lines: string][]): string {
  return `${parts.map(([title, lines]) => (title === '' ? lines : `${title}\n${lines}`)).join('\n\n')}\n\n`;
}

function tabbed(values: Readonly<Record<string, string>>, between = '='): string {
  return Object.entries(values)
    .map(([name, value]) => `\t${name}${between}${value}`)
    .join('\n');
}
