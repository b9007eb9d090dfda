import { type Lease, leases } from '../api/coordination-v1/lease.ts';
import { configMaps } from '../api/core-v1/config-map.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { keyOf } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { Clock } from '../sim/clock.ts';
import type { ControllerLog } from './controller-log.ts';
import type { Flags } from './flags.ts';
import { notOurs } from './ingress-class.ts';
import type { LeaderElection } from './leader-election.ts';
import type { ModelBuilder } from './model-builder.ts';
import { type Addresses, isSibling, publishedAddresses } from './status-addresses.ts';

/** What the status writer is made from. */
export interface StatusParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly flags: Flags;
  readonly election: LeaderElection;
  readonly builder: ModelBuilder;
  readonly log: ControllerLog;
  /** Pod of this replica. */
  readonly pod: Pod;
  /** Milliseconds of cluster time until an Ingress gets its address; the real one looks every 60 s. */
  delay(): number;
}

/** Writes the controller's address into the status of every Ingress of ours (internal/ingress/status/status.go). */
export function ingressStatusController(parts: StatusParts): Controller {
  const { client, clock, flags, pod } = parts;
  const due = new Map<string, number>();
  let holder: string | undefined;
  const isNewHolder = ({ metadata, spec }: Lease) => {
    if (metadata.name !== flags.electionId || metadata.namespace !== pod.metadata.namespace) return false;
    const earlier = holder;
    holder = spec?.holderIdentity ?? '';
    return holder !== earlier;
  };
  const all = () =>
    client.list(ingresses).map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
  return {
    name: 'ingress-status',
    component: 'nginx-ingress-controller',
    for: ingresses,
    watches: [
      watching(services, ({ metadata }) =>
        keyOf(metadata.namespace ?? '', metadata.name) === flags.publishService ? all() : [],
      ),
      // A lease that is only renewed is no news.
      watching(leases, (lease) => (isNewHolder(lease) ? all() : [])),
      watching(configMaps, ({ metadata }) =>
        keyOf(metadata.namespace ?? '', metadata.name) === flags.configMap ? all() : [],
      ),
      watching(pods, (each) => (isSibling(each, pod) ? all() : [])),
    ],
    reconcile: ({ namespace, name }) => {
      const key = keyOf(namespace, name);
      const ingress = client.get(ingresses, namespace, name);
      const addresses = ingress === undefined ? undefined : missingAddresses(ingress, parts);
      if (ingress === undefined || addresses === undefined) {
        due.delete(key);
        return undefined;
      }
      const now = clock.now();
      const at = due.get(key) ?? now + parts.delay();
      due.set(key, at);
      if (now < at) return { requeueAfter: at - now };
      due.delete(key);
      parts.log.updatingStatus(ingress, addresses);
      writeStatus(client, ingress, addresses);
      return undefined;
    },
  };
}

/** Addresses that an Ingress should have and has not; undefined where this replica has nothing to write. */
function missingAddresses(
  ingress: Ingress,
  { client, flags, election, pod, builder }: StatusParts,
): Addresses | undefined {
  if (!flags.updateStatus || notOurs(ingress, client, flags) !== undefined || !election.leads()) return undefined;
  if (!builder.hasTaken(ingress)) return undefined;
  const addresses = publishedAddresses(client, flags, pod);
  return deepEqual(ingress.status?.loadBalancer?.ingress ?? [], addresses) ? undefined : addresses;
}

function writeStatus(client: Client, ingress: Ingress, addresses: Addresses): void {
  const loadBalancer = addresses.length === 0 ? {} : { ingress: addresses };
  client.updateStatus(ingresses, { ...ingress, status: { loadBalancer } });
}

/**
 * Takes the address away when the last replica ends; several addresses are left for the next leader (status.go, Shutdown).
 */
export function clearStatus({ client, flags, pod, log }: StatusParts): void {
  if (!flags.updateStatus || !flags.updateStatusOnShutdown) return;
  const addresses = publishedAddresses(client, flags, pod);
  if (addresses.length > 1) return;
  log.removingStatus(addresses);
  for (const ingress of client.list(ingresses)) {
    const has = (ingress.status?.loadBalancer?.ingress ?? []).length > 0;
    if (has && notOurs(ingress, client, flags) === undefined) writeStatus(client, ingress, []);
  }
}
