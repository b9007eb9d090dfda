import { answer, text } from '../http-answer.ts';
import { defineHttpProgram, listenPort } from '../http-program.ts';
import type { ContainerContext } from '../program.ts';
import { goHeaders, hostOf, pathOf } from '../request.ts';
import type { HttpRequest, TlsSession } from '../workload.ts';

const NO_SNIFF: readonly string[] = Object.freeze(['x-content-type-options', 'nosniff']);

/**
 * The echo server of the ingress and gateway conformance suites: the request and its own identity as JSON on port 3000
 * (kubernetes-sigs/ingress-controller-conformance images/echoserver, gateway-api conformance/echo-basic). The identity
 * comes from POD_NAME, NAMESPACE, INGRESS_NAME and SERVICE_NAME.
 */
export const conformanceEcho = defineHttpProgram({
  name: 'conformance-echo',
  images: [
    'registry.k8s.io/ingressconformance/echoserver',
    '*/k8s-staging-gateway-api/echo-basic',
    '*/gateway-api/echo-basic',
  ],
  ports: ({ env }) => [listenPort(env['HTTP_PORT'], 3000)],
  tls: ({ env }) => (env['TLS_SERVER_CERT'] === undefined ? [] : [listenPort(env['HTTPS_PORT'], 8443)]),
  tlsFiles: ({ env }) => ({ certificate: env['TLS_SERVER_CERT'] ?? '', key: env['TLS_SERVER_PRIVKEY'] ?? '' }),
  greeting: ({ env }) => [`Starting server, listening on port ${listenPort(env['HTTP_PORT'], 3000)} (http)`],
  handler: (context) => (request) => {
    if (pathOf(request.url) === '/health') return text(200, 'OK');
    return answer(200, 'application/json', JSON.stringify(echo(context, request), null, 1), NO_SNIFF);
  },
});

function echo({ env, pod }: ContainerContext, request: HttpRequest): unknown {
  return {
    path: request.url,
    host: hostOf(request),
    method: request.method,
    proto: `HTTP/${request.httpVersion}`,
    headers: goHeaders(request.headers),
    namespace: env['NAMESPACE'] ?? '',
    ingress: env['INGRESS_NAME'] ?? '',
    service: env['SERVICE_NAME'] ?? '',
    pod: env['POD_NAME'] ?? pod.metadata.name,
    ...(request.tls !== undefined && { tls: tlsOf(request.tls) }),
  };
}

function tlsOf({ serverName, client }: TlsSession): unknown {
  return {
    version: 'TLSv1.3',
    serverName,
    cipherSuite: 'TLS_AES_128_GCM_SHA256',
    ...(client !== undefined && { peerCertificates: [client.certificate] }),
  };
}
