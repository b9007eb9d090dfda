import { nodeCertificates } from '../../host/certificates.ts';
import type { Cluster } from '../../index.ts';
import { answered, ClientResponse, edgeRequest } from '../../ingress-nginx/testing/test-client.ts';
import type { VirtualClock } from '../../sim/virtual-clock.ts';
import type { ClientAnswer, ClientRequest, OpenTransport } from '../transport.ts';

/** The way to a cluster without sockets, in virtual time. */
export const openMemory: OpenTransport = async (cluster) => ({
  send: async (request) => (await sendAll(cluster, [request]))[0] as ClientAnswer,
  sendAll: (requests) => sendAll(cluster, requests),
  post: async (path, body) => {
    cluster.api.useAdminToken('');
    const server = await cluster.api.server();
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const request = { method: 'POST', url: path, headers, body: new TextEncoder().encode(JSON.stringify(body)) };
    const answer = await server.handle(request);
    if ('stream' in answer) throw new Error('a POST whose answer goes on');
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    const warning = answer.headers['warning'] ?? answer.headers['Warning'];
    return { status: answer.status, warnings: warning === undefined ? [] : [warning], body: text };
  },
  close: async () => {},
});

async function sendAll(cluster: Cluster, requests: readonly ClientRequest[]): Promise<ClientAnswer[]> {
  const responses = requests.map((request, index) => dispatch(cluster, request, index));
  await answered(responses, cluster.clock as VirtualClock);
  return responses.map(({ status, headers, body }, index) => ({
    status,
    headers: [...headers, 'Date', 'Thu, 01 Jan 2026 00:00:00 GMT'],
    body,
    protocol: 'HTTP/1.1',
    ...certificateOf(cluster, requests[index] as ClientRequest),
  }));
}

function dispatch(cluster: Cluster, request: ClientRequest, index: number): ClientResponse {
  const response = new ClientResponse();
  const connection = cluster.edge.connect(targetOf(request), { address: '127.0.0.1', port: 40_000 + index });
  if ('refused' in connection) throw new Error(connection.message);
  connection.http(edgeRequest(request), response);
  return response;
}

function targetOf({ scheme, host, sni }: ClientRequest) {
  const target = { host: host.replace(/:\d+$/, '').toLowerCase(), servicePort: scheme === 'https' ? 443 : 80 };
  return scheme === 'https' ? { ...target, tls: { sni } } : target;
}

function certificateOf(cluster: Cluster, request: ClientRequest): Pick<ClientAnswer, 'certificate'> {
  const shown = request.scheme === 'https' ? cluster.edge.tlsFor(targetOf(request)) : undefined;
  const certificate = shown && nodeCertificates.parse(shown.certificate.certPem);
  return certificate === undefined ? {} : { certificate };
}
