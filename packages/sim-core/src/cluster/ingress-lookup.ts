import { deployments } from '../api/apps-v1/deployment.ts';
import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { matchesLabels } from '../apimachinery/label-selector.ts';
import { parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import { isControllerImage } from './ingress-program.ts';

/**
 * Which load balancer stands before the ingress controller, and which pods are behind a load balancer. Asked at every
 * new connection, so the answers are kept until an object or a load balancer changes.
 */
export class IngressLookup {
  readonly #client: Client;
  readonly #cloud: CloudProvider;
  /** Revision of the store that the answers are of. */
  #revision = -1;
  /** Its Service (`namespace/name`); '' when there is none, undefined when nobody asked yet. */
  #ingress: string | undefined;
  readonly #podIps = new Map<string, readonly string[]>();

  constructor(client: Client, cloud: CloudProvider) {
    this.#client = client;
    this.#cloud = cloud;
    cloud.onChange(() => this.#forget());
  }

  /** Where requests for any host go that is no load balancer's. */
  loadBalancer(): LoadBalancer | undefined {
    this.#refresh();
    this.#ingress ??= this.#cloud.list().find(({ service }) => this.#servesController(service))?.service ?? '';
    return this.#cloud.get(this.#ingress);
  }

  /** Addresses of the pods that a Service (`namespace/name`) selects. */
  podIpsBehind(service: string): readonly string[] {
    this.#refresh();
    const known = this.#podIps.get(service) ?? this.#selectedBy(service);
    this.#podIps.set(service, known);
    return known;
  }

  #selectedBy(service: string): string[] {
    const { namespace, name } = parseKey(service);
    const selector = this.#client.get(services, namespace, name)?.spec.selector ?? {};
    const selected = this.#client
      .list(pods, namespace)
      .filter(({ metadata }) => matchesLabels(selector, metadata.labels));
    return selected.flatMap(({ status }) => status?.podIP ?? []);
  }

  /** Whether the Service selects pods of a Deployment that runs the ingress controller, even one scaled to 0. */
  #servesController(service: string): boolean {
    const { namespace, name } = parseKey(service);
    const selector = this.#client.get(services, namespace, name)?.spec.selector;
    if (selector === undefined) return false;
    return this.#client.list(deployments, namespace).some(({ spec: { template } }) => {
      const runsController = template.spec.containers.some(({ image }) => isControllerImage(image ?? ''));
      return runsController && matchesLabels(selector, template.metadata?.labels);
    });
  }

  #refresh(): void {
    if (this.#client.revision !== this.#revision) this.#forget();
  }

  #forget(): void {
    this.#revision = this.#client.revision;
    this.#ingress = undefined;
    this.#podIps.clear();
  }
}
