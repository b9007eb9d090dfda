import { nodes } from '../api/core-v1/node.ts';
import type { Client } from '../client/client.ts';
import { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { NodeProbe } from '../cloud/health-check.ts';
import type { Certificates } from '../ingress-nginx/certificates.ts';
import type { WebhookTransport } from '../kube-apiserver/admission/webhook/transport.ts';
import { ServiceRouting } from '../kube-proxy/service-routing.ts';
import { query } from '../network/dns/dns.ts';
import type { DnsAnswer, DnsType } from '../network/dns/record.ts';
import { ExternalHosts } from '../network/external-hosts.ts';
import { HttpClient } from '../network/http-client.ts';
import { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random } from '../sim/random.ts';
import { createWebhookTransport } from './webhook-transport.ts';

/** Everything between pods: the flat network, kube-proxy's table, DNS with its client. */
export interface ClusterNetwork {
  readonly network: Network;
  readonly proxy: ServiceRouting;
  readonly http: HttpClient;
  readonly externalHosts: ExternalHosts;
  /** How the API server reaches admission webhooks. */
  readonly webhooks: WebhookTransport;
  /** How the cloud's health checks reach a node port. */
  readonly probe: NodeProbe;
  /** What the cluster's name server answers for an absolute name, in the letters that it was asked in. */
  query(name: string, type: DnsType): DnsAnswer;
}

/** @param nodeOf node on which a pod's address lives */
export function createNetwork(parts: {
  client: Client;
  clock: Clock;
  random: Random;
  certificates: Certificates;
  nodeOf(ip: string): string | undefined;
}): ClusterNetwork {
  const { client, clock, random, certificates, nodeOf } = parts;
  const network = new Network();
  const slices = new EndpointSliceLister(client);
  const externalHosts = new ExternalHosts(network);
  const proxy = new ServiceRouting({ client, slices, clock, random, nodeOf });
  network.translateWith((ip, port, sourceIp) => proxy.translate(ip, port, sourceIp));
  const dns = { client, slices, externalHosts };
  const http = new HttpClient({ network, dns, clock });
  const ask = (name: string, type: DnsType) => query(dns, name, type);
  const chance = random.fork('webhook-endpoints');
  const webhooks = createWebhookTransport({ client, slices, network, externalHosts, certificates, clock, chance });
  return { network, proxy, http, externalHosts, webhooks, probe: nodeProbe(client, proxy), query: ask };
}

function nodeProbe(client: Client, proxy: ServiceRouting): NodeProbe {
  const nodeAt = (address: string) => {
    const found = client.list(nodes).find(({ status }) => status?.addresses?.some((each) => each.address === address));
    return found?.metadata.name ?? '';
  };
  return {
    tcp: (address, port) => proxy.accepts(nodeAt(address), port),
    http: (address, port) => proxy.healthCheck(nodeAt(address), port)?.status,
  };
}
