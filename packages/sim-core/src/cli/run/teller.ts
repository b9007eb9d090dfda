import { parseKey } from '../../apimachinery/object-meta.ts';
import type { Cluster } from '../../index.ts';
import { costLine } from '../../index.ts';
import type { DoctorFinding } from '../../wire.ts';
import { firstRequest } from './first-request.ts';
import type { AnnouncedLoadBalancer, RunConsole } from './run-console.ts';

/** Tells what changes in a cluster that a person wants to know, each thing once. */
export class Teller {
  readonly #cluster: Cluster;
  readonly #console: RunConsole;
  /** Load balancers with an address behind which nobody is ready yet. */
  readonly #silent = new Map<string, AnnouncedLoadBalancer>();
  #findings: ReadonlySet<string> = new Set();
  #cost = '';
  #unpublished = false;

  constructor(cluster: Cluster, console: RunConsole) {
    this.#cluster = cluster;
    this.#console = console;
  }

  /** Load balancers that the cloud still works on. */
  pending(): void {
    const { cloud } = this.#cluster;
    for (const balancer of cloud.list()) {
      if (balancer.state !== 'provisioning') continue;
      const { namespace, name } = parseKey(balancer.service);
      this.#console.pending(namespace, name, cloud.remaining(balancer));
    }
  }

  /** A load balancer has its address and its ports on this machine. */
  announced(balancer: AnnouncedLoadBalancer): void {
    this.#console.loadBalancer(balancer);
    this.#silent.set(`${balancer.namespace}/${balancer.name}`, balancer);
    this.answering();
  }

  /** Looks which of them find a ready pod now. */
  answering(): void {
    for (const [service, balancer] of this.#silent) {
      if (!this.#cluster.edge.answers(service)) continue;
      this.#silent.delete(service);
      const manifests = this.#cluster.manifests.entries().map(({ document }) => document.value);
      this.#console.answers(balancer, firstRequest(manifests, balancer.hostname));
    }
  }

  /** The cluster has settled, or will not: what is wrong, what it costs, what nobody can reach. */
  judged(findings: readonly DoctorFinding[]): void {
    const keys = findings.map(({ reason, message }) => `${reason} ${message}`);
    for (const [index, finding] of findings.entries()) {
      if (!this.#findings.has(keys[index] as string)) this.#console.finding(finding);
    }
    this.#findings = new Set(keys);
    this.#tellCost();
    this.#tellUnpublished();
  }

  /** Worth a word when there are several load balancers, or one without an ingress. */
  #tellCost(): void {
    const { cloud, edge, settings } = this.#cluster;
    const { loadBalancers, sentence } = costLine(cloud.list().length, settings.cloud.provider);
    const needsWord = loadBalancers > 1 || (loadBalancers === 1 && edge.ingressLoadBalancer() === undefined);
    if (needsWord && sentence !== this.#cost) this.#console.note(`Cost: ${sentence}.`);
    this.#cost = sentence;
  }

  #tellUnpublished(): void {
    if (this.#unpublished || this.#cluster.cloud.list().length > 0) return;
    this.#unpublished = true;
    // An Ingress without a controller has its own finding, which says what to do.
    if (this.#findings.size > 0) return;
    this.#console.note('Nothing is published outside the cluster: no Service of type LoadBalancer.');
    this.#console.note('Next: npx k8s-ingress-sandbox scenarios/loadbalancer.yaml');
  }
}
