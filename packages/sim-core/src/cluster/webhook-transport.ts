import { services } from '../api/core-v1/service.ts';
import type { EndpointSlice } from '../api/discovery-v1/endpoint-slice.ts';
import { parseIPv4 } from '../apimachinery/ip.ts';
import type { Client } from '../client/client.ts';
import type { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { Certificates } from '../ingress-nginx/certificates.ts';
import {
  DEADLINE_EXCEEDED,
  type WebhookPost,
  type WebhookReply,
  type WebhookTransport,
} from '../kube-apiserver/admission/webhook/transport.ts';
import { bodyOf, exchange } from '../network/exchange.ts';
import type { ExternalHosts } from '../network/external-hosts.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import type { RandomStream } from '../sim/random.ts';
import type { Workload } from '../workloads/workload.ts';
import { API_SERVER_IP } from './nodes.ts';
import { createTlsClient } from './webhook-tls.ts';

/** What the way to webhooks is made from. */
export interface WebhookTransportParts {
  readonly client: Client;
  readonly slices: EndpointSliceLister;
  readonly network: Network;
  readonly externalHosts: ExternalHosts;
  readonly certificates: Pick<Certificates, 'parse' | 'isSignedBy'>;
  readonly clock: Clock;
  /** Chooses among the endpoints of a Service. */
  readonly chance: RandomStream;
}

/** Where a question goes, and as whom its receiver has to show itself. */
interface Target {
  readonly ip: string;
  readonly port: number;
  readonly host: string;
  /** Whether a certificate is looked at: of hosts outside of the cluster nobody has one. */
  readonly isVerified: boolean;
}

const HTTPS = 443;

/**
 * The API server's way to webhooks. A Service is not dialled by its address: one of its endpoints is, as with
 * --enable-aggregator-routing (k8s.io/apiserver/pkg/util/proxy/proxy.go, ResolveEndpoint). A URL leads to hosts that the
 * Scenario invents, and nowhere else.
 */
export function createWebhookTransport(parts: WebhookTransportParts): WebhookTransport {
  const tlsFailure = createTlsClient(parts.certificates);
  return {
    post: (question, done) => {
      const target = targetOf(question, parts);
      if (typeof target === 'string') done({ failure: target });
      else send(question, target, { ...parts, tlsFailure }, done);
    },
  };
}

/** @returns what is wrong with the address, in words */
function targetOf({ client: { service, url = '' } }: WebhookPost, parts: WebhookTransportParts): Target | string {
  if (service !== undefined) return endpointOf(service, parts);
  const { hostname, port } = new URL(url);
  const ip = parts.externalHosts.resolve(hostname) ?? (parseIPv4(hostname) === undefined ? undefined : hostname);
  if (ip === undefined) return `dial tcp: lookup ${hostname}: no such host`;
  return { ip, port: port === '' ? HTTPS : Number(port), host: hostname, isVerified: false };
}

function endpointOf(
  { namespace, name, port = HTTPS }: { namespace: string; name: string; port?: number },
  { client, slices, chance }: WebhookTransportParts,
): Target | string {
  const service = client.get(services, namespace, name);
  if (service === undefined) return `service "${name}" not found`;
  const found = service.spec.ports?.find((each) => each.port === port);
  if (found === undefined) return `no service port ${port} found for service "${name}"`;
  const { type = 'ClusterIP' } = service.spec;
  if (type === 'ExternalName') return `unsupported service type "${type}"`;
  const addresses = [...slices.forService(namespace, name)].flatMap((slice) => readyAddresses(slice, found.name ?? ''));
  const chosen = addresses.length < 2 ? addresses[0] : addresses[chance.integer(0, addresses.length - 1)];
  if (chosen === undefined) return `no endpoints available for service "${name}"`;
  return { ...chosen, host: `${name}.${namespace}.svc`, isVerified: true };
}

function readyAddresses({ endpoints, ports }: EndpointSlice, portName: string): { ip: string; port: number }[] {
  const port = ports?.find(({ name = '' }) => name === portName)?.port;
  if (port === undefined) return [];
  return endpoints
    .filter(({ conditions }) => conditions?.ready !== false)
    .map(({ addresses }) => ({ ip: addresses[0] as string, port }));
}

function send(
  question: WebhookPost,
  target: Target,
  { network, clock, tlsFailure }: WebhookTransportParts & { tlsFailure: ReturnType<typeof createTlsClient> },
  done: (reply: WebhookReply) => void,
): void {
  const { ip, port, host, isVerified } = target;
  const dialled = network.dial(ip, port, API_SERVER_IP);
  if (dialled === 'refused') {
    done({ failure: `dial tcp ${ip}:${port}: connect: connection refused` });
    return;
  }
  if (dialled === 'timeout') {
    clock.afterRequest(question.timeout, () => done({ failure: DEADLINE_EXCEEDED }));
    return;
  }
  const mistrust = isVerified ? tlsFailure(dialled.workload, host, question.client.caBundle) : undefined;
  if (mistrust === undefined) post(question, `${host}:${port}`, dialled.workload, clock, done);
  else done({ failure: mistrust });
}

function post(
  { path, body: text, timeout }: WebhookPost,
  host: string,
  workload: Workload,
  clock: Clock,
  done: (reply: WebhookReply) => void,
): void {
  const { headers, ...sent } = bodyOf(text);
  const request = {
    method: 'POST',
    url: path,
    httpVersion: '1.1',
    headers: ['Host', host, 'User-Agent', 'kube-apiserver-admission', 'Content-Type', 'application/json', ...headers],
    remoteAddress: API_SERVER_IP,
    tls: { serverName: host.slice(0, host.lastIndexOf(':')) },
    ...sent,
  };
  exchange(workload, request, clock, timeout, (result) => {
    if (typeof result === 'string') done({ failure: result === 'timeout' ? DEADLINE_EXCEEDED : 'EOF' });
    else done(result);
  });
}
