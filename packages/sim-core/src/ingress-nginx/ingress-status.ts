import { leases } from '../api/coordination-v1/lease.ts';
import { services } from '../api/core-v1/service.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { keyOf, parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { Clock } from '../sim/clock.ts';
import type { Flags } from './flags.ts';
import { notOurs } from './ingress-class.ts';
import type { LeaderElection } from './leader-election.ts';

type Addresses = { hostname?: string; ip?: string }[];

/** What the status writer is made from. */
export interface StatusParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly flags: Flags;
  readonly election: LeaderElection;
  /** Milliseconds of cluster time until an Ingress gets its address; the real one looks every 60 s. */
  readonly delay: number;
}

/** Writes the address of the publish Service into the status of every Ingress of ours (internal/ingress/status/status.go). */
export function ingressStatusController(parts: StatusParts): Controller {
  const due = new Map<string, number>();
  const all = () =>
    parts.client.list(ingresses).map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
  return {
    name: 'ingress-status',
    component: 'nginx-ingress-controller',
    for: ingresses,
    watches: [
      watching(services, ({ metadata }) =>
        keyOf(metadata.namespace ?? '', metadata.name) === parts.flags.publishService ? all() : [],
      ),
      watching(leases, ({ metadata }) => (metadata.name === parts.flags.electionId ? all() : [])),
    ],
    reconcile: ({ namespace, name }) => {
      const key = keyOf(namespace, name);
      const ingress = parts.client.get(ingresses, namespace, name);
      const addresses = ingress === undefined ? undefined : wantedAddresses(ingress, parts);
      if (
        ingress === undefined ||
        addresses === undefined ||
        deepEqual(ingress.status?.loadBalancer?.ingress ?? [], addresses)
      ) {
        due.delete(key);
        return undefined;
      }
      const now = parts.clock.now();
      const at = due.get(key) ?? now + parts.delay;
      due.set(key, at);
      if (now < at) return { requeueAfter: at - now };
      due.delete(key);
      parts.client.updateStatus(ingresses, {
        ...ingress,
        status: { loadBalancer: addresses.length === 0 ? {} : { ingress: addresses } },
      });
      return undefined;
    },
  };
}

/** Undefined: this replica leaves the status of this Ingress alone. */
function wantedAddresses(ingress: Ingress, { client, flags, election }: StatusParts): Addresses | undefined {
  if (!flags.updateStatus || notOurs(ingress, client, flags) !== undefined || !election.leads()) return undefined;
  return publishedAddresses(client, flags);
}

/** The addresses that are published, sorted (status.go, runningAddresses, statusAddressFromService). */
export function publishedAddresses(client: Client, flags: Flags): Addresses {
  if (flags.publishStatusAddress !== '')
    return flags.publishStatusAddress.split(',').map((each) => addressOf(each.trim()));
  if (flags.publishService === '') return [];
  const { namespace, name } = parseKey(flags.publishService);
  const service = client.get(services, namespace, name);
  if (service === undefined) return [];
  const { type, externalIPs = [], clusterIP, externalName } = service.spec;
  const external = externalIPs.map((ip) => ({ ip }));
  if (type === 'LoadBalancer') {
    const published = (service.status?.loadBalancer?.ingress ?? []).map(({ hostname, ip }) => ({
      ...(hostname ? { hostname } : {}),
      ...(ip ? { ip } : {}),
    }));
    return sorted([...published, ...external]);
  }
  if (type === 'ExternalName') return [addressOf(externalName ?? '')];
  if (type === 'NodePort' && external.length > 0) return sorted(external);
  return clusterIP === undefined || clusterIP === 'None' ? [] : [{ ip: clusterIP }];
}

function addressOf(text: string): { hostname?: string; ip?: string } {
  return /^[\d.]+$|:/.test(text) ? { ip: text } : { hostname: text };
}

function sorted(addresses: Addresses): Addresses {
  const key = ({ hostname = '', ip = '' }: Addresses[number]) => `${hostname} ${ip}`;
  return [...addresses].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Takes the addresses away when the last replica ends (status.go, Shutdown). */
export function clearStatus(client: Client, flags: Flags): void {
  const published = publishedAddresses(client, flags);
  for (const ingress of client.list(ingresses)) {
    if (notOurs(ingress, client, flags) !== undefined) continue;
    const kept = (ingress.status?.loadBalancer?.ingress ?? []).filter(
      (each) => !published.some((address) => deepEqual(address, each)),
    );
    client.updateStatus(ingresses, {
      ...ingress,
      status: { loadBalancer: kept.length === 0 ? {} : { ingress: kept } },
    });
  }
}
