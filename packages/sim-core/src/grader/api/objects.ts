import type { DeploymentSpec } from '../../api/apps-v1/deployment.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { matchesSelector } from '../../apimachinery/label-selector.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { isFields } from '../../manifest/document.ts';
import type { Target } from '../target/target.ts';
import { Discovery, pathOf } from './discovery.ts';

/** Kinds that are read often, by the names that the code calls them. */
const LISTS = Object.freeze({
  ingresses: ['networking.k8s.io/v1', 'Ingress'],
  services: ['v1', 'Service'],
  pods: ['v1', 'Pod'],
  endpointSlices: ['discovery.k8s.io/v1', 'EndpointSlice'],
  deployments: ['apps/v1', 'Deployment'],
  statefulSets: ['apps/v1', 'StatefulSet'],
  daemonSets: ['apps/v1', 'DaemonSet'],
} as const);

/** A Deployment, StatefulSet or DaemonSet, as far as they are alike. */
export interface Workload extends KubeObject {
  readonly spec: Pick<DeploymentSpec, 'replicas' | 'selector' | 'template'>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Whether a pod is one of a workload's. */
export function isPodOf({ metadata }: Pod, { metadata: owner, spec }: Workload): boolean {
  return metadata.namespace === owner.namespace && matchesSelector(spec.selector, metadata.labels);
}

/** Objects of these kinds. */
interface KnownObjects {
  readonly ingresses: readonly Ingress[];
  readonly services: readonly Service[];
  readonly pods: readonly Pod[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly deployments: readonly Workload[];
  readonly statefulSets: readonly Workload[];
  readonly daemonSets: readonly Workload[];
}

/** The cluster's objects as the API tells them: read once, until somebody says that they may have changed. */
export class Objects {
  readonly discovery: Discovery;
  readonly #target: Target;
  readonly #lists = new Map<string, Promise<readonly KubeObject[]>>();

  constructor(target: Target) {
    this.#target = target;
    this.discovery = new Discovery(target);
  }

  /** What was read may be old now. */
  forget(): void {
    this.#lists.clear();
  }

  /** All objects of one of the kinds that are read often. */
  all<Name extends keyof KnownObjects>(name: Name): Promise<KnownObjects[Name]> {
    const [apiVersion, kind] = LISTS[name];
    return this.list(apiVersion, kind) as Promise<readonly KubeObject[]> as Promise<KnownObjects[Name]>;
  }

  /** All Deployments, StatefulSets and DaemonSets. */
  async workloads(): Promise<readonly Workload[]> {
    return [await this.all('deployments'), await this.all('statefulSets'), await this.all('daemonSets')].flat();
  }

  /** All objects of a kind; none of one that the server does not know. */
  list(apiVersion: string, kind: string): Promise<readonly KubeObject[]> {
    const key = `${apiVersion} ${kind}`;
    const known = this.#lists.get(key) ?? this.#list(apiVersion, kind);
    this.#lists.set(key, known);
    return known;
  }

  async #list(apiVersion: string, kind: string): Promise<readonly KubeObject[]> {
    const resource = await this.discovery.find(apiVersion, kind);
    if (resource === undefined) return [];
    const { status, body } = await this.#target.kubernetes('GET', pathOf(resource, ''));
    const items = isFields(body) ? body['items'] : undefined;
    if (status !== 200 || !Array.isArray(items)) throw new Error(`GET ${pathOf(resource, '')} was answered ${status}`);
    return (items as KubeObject[]).map((item) => ({ ...item, apiVersion, kind }));
  }
}
