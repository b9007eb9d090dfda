import { nodes } from '../api/core-v1/node.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { Flags } from './flags.ts';

/** What `status.loadBalancer.ingress` of an Ingress holds. */
export type Addresses = { hostname?: string; ip?: string }[];

/**
 * Addresses under which the controller is reached, sorted: from a flag, from the Service that publishes it, or the nodes
 * on which its ready pods run (internal/ingress/status/status.go, runningAddresses).
 *
 * @param own pod of the controller that asks
 */
export function publishedAddresses(client: Client, flags: Flags, own: Pod): Addresses {
  if (flags.publishStatusAddress !== '') return sorted(flags.publishStatusAddress.split(/,\s*/).map(addressOf));
  if (flags.publishService === '') return sorted(nodeAddresses(client, own, flags));
  const { namespace, name } = parseKey(flags.publishService);
  const service = client.get(services, namespace, name);
  return service === undefined ? [] : sorted(serviceAddresses(service));
}

/** statusAddressFromService */
function serviceAddresses({ spec, status }: Service): Addresses {
  const { type, externalIPs = [], clusterIP, externalName = '' } = spec;
  const external = externalIPs.map((ip) => ({ ip }));
  if (type === 'ExternalName') return [{ hostname: externalName }];
  if (type === 'LoadBalancer') {
    const published = (status?.loadBalancer?.ingress ?? []).map(({ hostname = '', ip }) =>
      ip ? { ip } : { hostname },
    );
    return [...published, ...external.filter(({ ip }) => !published.some((each) => each.ip === ip))];
  }
  if (type === 'NodePort' && external.length > 0) return external;
  return clusterIP === undefined || clusterIP === 'None' ? [] : [{ ip: clusterIP }];
}

/** Nodes of the controller's running and ready pods, by external address where they have one and nobody wants the other. */
function nodeAddresses(client: Client, own: Pod, flags: Flags): Addresses {
  const ready = client.list(pods, own.metadata.namespace).filter((pod) => isSibling(pod, own) && isReady(pod));
  const found = new Set(ready.map(({ spec }) => nodeAddress(client, spec.nodeName ?? '', flags)));
  return [...found].filter((address) => address !== '').map(addressOf);
}

/** Whether a pod is the controller's: it has the labels of the one that asks. */
export function isSibling({ metadata }: Pod, own: Pod): boolean {
  return metadata.namespace === own.metadata.namespace && matchesLabels(own.metadata.labels ?? {}, metadata.labels);
}

function isReady({ status }: Pod): boolean {
  const ready = status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  return status?.phase === 'Running' && ready === true;
}

/** k8s.GetNodeIPOrName */
function nodeAddress(client: Client, name: string, { reportNodeInternalIp }: Flags): string {
  const addresses = client.get(nodes, '', name)?.status?.addresses ?? [];
  const of = (type: string) => addresses.find((each) => each.type === type)?.address;
  const external = reportNodeInternalIp ? undefined : of('ExternalIP');
  return external ?? of('InternalIP') ?? '';
}

function addressOf(text: string): Addresses[number] {
  return /^[\d.]+$|:/.test(text) ? { ip: text } : { hostname: text };
}

/** lessLoadBalancerIngress */
function sorted(addresses: Addresses): Addresses {
  const key = ({ hostname = '', ip = '' }: Addresses[number]) => `${hostname} ${ip}`;
  return [...addresses].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
