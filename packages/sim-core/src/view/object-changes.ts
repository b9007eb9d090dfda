import { deployments } from '../api/apps-v1/deployment.ts';
import { leases } from '../api/coordination-v1/lease.ts';
import { nodes } from '../api/core-v1/node.ts';
import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices, SERVICE_NAME_LABEL } from '../api/discovery-v1/endpoint-slice.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { ingressClasses } from '../api/networking-v1/ingress-class.ts';
import type { Kind } from '../apimachinery/kind.ts';
import { type KubeObject, keyOf, objectKey } from '../apimachinery/object-meta.ts';
import type { WireObject } from '../wire.ts';
import type { ViewedCluster } from './viewed-cluster.ts';

export type BoxKind = WireObject['kind'];

/** Told at once, while changes only wait. */
export interface ChangeListener {
  /** An object is gone. */
  deleted(kind: BoxKind, key: string, uid: string): void;
  /** An object came or went: what was looked up by name may be another one now. */
  cameOrWent(): void;
}

/**
 * Notes which objects a change of the cluster touches, by kind and key, until somebody looks: a thousand changes of a pod
 * are one. What is shown of an object may depend on others (a Service on its slices, a load balancer on the cloud).
 */
export class ObjectChanges {
  readonly #cluster: ViewedCluster;
  readonly #listener: ChangeListener;
  readonly #touched: Readonly<Record<BoxKind, Set<string>>> = {
    Node: new Set(),
    Pod: new Set(),
    Deployment: new Set(),
    Service: new Set(),
    LoadBalancer: new Set(),
    Ingress: new Set(),
  };

  constructor(cluster: ViewedCluster, listener: ChangeListener) {
    this.#cluster = cluster;
    this.#listener = listener;
    this.#follow(nodes, 'Node', () => this.touchAll('LoadBalancer', services));
    this.#follow(pods, 'Pod');
    this.#follow(deployments, 'Deployment', (deployment, isNewOrGone) => {
      // Whether a load balancer stands before the controller depends on what its Service's pods run.
      if (isNewOrGone) this.touchAll('LoadBalancer', services, deployment.metadata.namespace);
    });
    this.#follow(services, 'Service', (service) => this.touch('LoadBalancer', objectKey(service)));
    this.#follow(ingresses, 'Ingress');
    this.#followRelated();
  }

  /** Notes that an object has to be looked at. */
  touch(kind: BoxKind, key: string): void {
    this.#touched[kind].add(key);
  }

  /** Notes all objects of a kind, of one namespace or of all. */
  touchAll<T extends KubeObject>(kind: BoxKind, source: Kind<T>, namespace?: string): void {
    for (const object of this.#cluster.client.list(source, namespace)) this.touch(kind, objectKey(object));
  }

  /** Keys of a kind that were touched since the last call. */
  take(kind: BoxKind): string[] {
    const taken = [...this.#touched[kind]];
    this.#touched[kind].clear();
    return taken;
  }

  get isEmpty(): boolean {
    return Object.values(this.#touched).every(({ size }) => size === 0);
  }

  #follow<T extends KubeObject>(
    source: Kind<T>,
    kind: BoxKind,
    also?: (object: T, isNewOrGone: boolean) => void,
  ): void {
    this.touchAll(kind, source);
    this.#cluster.client.watch(source, ({ type, object }) => {
      if (type === 'DELETED') {
        this.#touched[kind].delete(objectKey(object));
        this.#listener.deleted(kind, objectKey(object), object.metadata.uid ?? '');
      } else this.touch(kind, objectKey(object));
      if (type !== 'MODIFIED') this.#listener.cameOrWent();
      also?.(object, type !== 'MODIFIED');
    });
  }

  #followRelated(): void {
    const { client, cloud } = this.#cluster;
    this.touchAll('LoadBalancer', services);
    client.watch(endpointSlices, ({ object, previous }) => {
      for (const slice of [object, previous]) {
        const service = slice?.metadata.labels?.[SERVICE_NAME_LABEL];
        if (service === undefined) continue;
        this.touch('Service', keyOf(object.metadata.namespace ?? '', service));
        this.touch('LoadBalancer', keyOf(object.metadata.namespace ?? '', service));
      }
    });
    client.watch(ingressClasses, () => this.touchAll('Ingress', ingresses));
    client.watch(leases, ({ object, previous }) => {
      for (const lease of [object, previous]) {
        const holder = lease?.spec?.holderIdentity;
        if (holder) this.touch('Pod', keyOf(object.metadata.namespace ?? '', holder));
      }
    });
    cloud.onChange((service) => this.touch('LoadBalancer', service));
  }
}
