import { parseKey } from '../../apimachinery/object-meta.ts';
import { type Cluster, controllerDelays, costLine } from '../../index.ts';
import type { DoctorFinding } from '../../wire.ts';
import { PROGRAM } from '../command.ts';
import { seconds } from '../read-manifests.ts';
import { firstRequest } from './first-request.ts';
import type { AnnouncedLoadBalancer, RunConsole } from './run-console.ts';

/** Tells what changes in a cluster that a person wants to know, each thing once. */
export class Teller {
  readonly #cluster: Cluster;
  readonly #console: RunConsole;
  /** Load balancers that were told to be pending, by Service. */
  readonly #pending = new Set<string>();
  /** Services whose load balancer answered. */
  readonly #answered = new Set<string>();
  /** Load balancers with an address behind which nobody is ready yet. */
  readonly #silent = new Map<string, AnnouncedLoadBalancer>();
  readonly #delayed = new Set<string>();
  #replicas = '';
  #findings: ReadonlySet<string> = new Set();
  #cost = '';
  #isPublished = true;
  #hasNext = false;

  constructor(cluster: Cluster, console: RunConsole) {
    this.#cluster = cluster;
    this.#console = console;
  }

  /** Looks what is new: load balancers in the making, controllers that wait for their probe, answers. */
  look(): void {
    this.#tellPending();
    this.#tellDelays();
    this.#tellAnswers();
  }

  /** A load balancer has its address and its ports on this machine. */
  announced(balancer: AnnouncedLoadBalancer): void {
    this.#console.loadBalancer(balancer);
    this.#silent.set(`${balancer.namespace}/${balancer.name}`, balancer);
    this.#tellAnswers();
  }

  /** The cluster has settled, or will not: what is wrong, what it costs, what nobody can reach. */
  judged(findings: readonly DoctorFinding[]): void {
    const keys = findings.map(({ reason, message }) => `${reason} ${message}`);
    for (const [index, finding] of findings.entries()) {
      if (!this.#findings.has(keys[index] ?? '')) this.#console.finding(finding);
    }
    this.#findings = new Set(keys);
    this.#tellCost();
    this.#tellUnpublished();
  }

  #tellPending(): void {
    const { cloud } = this.#cluster;
    for (const balancer of cloud.list()) {
      if (balancer.state !== 'provisioning') this.#pending.delete(balancer.service);
      else if (!this.#pending.has(balancer.service)) {
        this.#pending.add(balancer.service);
        const { namespace, name } = parseKey(balancer.service);
        this.#console.pending(namespace, name, cloud.remaining(balancer));
      }
    }
  }

  /** A genuine controller is not ready before its probe has looked, which may take a while. */
  #tellDelays(): void {
    const replicas = [...this.#cluster.ingress.replicas.keys()].join(' ');
    if (replicas === this.#replicas) return;
    this.#replicas = replicas;
    for (const { pod, milliseconds, initialDelaySeconds } of controllerDelays(this.#cluster)) {
      if (this.#delayed.has(pod)) continue;
      this.#delayed.add(pod);
      const why = `its readiness probe waits initialDelaySeconds: ${initialDelaySeconds}`;
      this.#console.note(`Ingress controller: ready in about ${seconds(milliseconds)} (${why})`);
    }
  }

  #tellAnswers(): void {
    for (const [service, balancer] of this.#silent) {
      if (!this.#cluster.edge.answers(service)) continue;
      this.#silent.delete(service);
      this.#answered.add(service);
      const manifests = this.#cluster.manifests.entries().map(({ document }) => document.value);
      this.#console.answers(balancer, firstRequest(manifests, balancer.hostname));
      this.#tellNext();
    }
  }

  /** Once, when everything that is published has answered. */
  #tellNext(): void {
    if (this.#hasNext || !this.#cluster.cloud.list().every(({ service }) => this.#answered.has(service))) return;
    this.#hasNext = true;
    this.#console.next();
  }

  /** Worth a word when there are several load balancers, or one without an ingress. */
  #tellCost(): void {
    const { cloud, edge, settings } = this.#cluster;
    const { loadBalancers, sentence } = costLine(cloud.list().length, settings.cloud.provider);
    const needsWord = loadBalancers > 1 || (loadBalancers === 1 && edge.ingressLoadBalancer() === undefined);
    if (needsWord && sentence !== this.#cost) this.#console.note(`Cost: ${sentence}.`.replace('; ', ';\n  '));
    this.#cost = sentence;
  }

  #tellUnpublished(): void {
    const isPublished = this.#cluster.cloud.list().length > 0;
    // An Ingress without a controller has a finding of its own, which says what to do.
    if (!isPublished && this.#isPublished && this.#findings.size === 0) {
      this.#console.note('Nothing is published outside the cluster: no Service of type LoadBalancer.');
      this.#console.note(`Next: ${PROGRAM} scenarios/loadbalancer.yaml`);
    }
    this.#isPublished = isPublished;
  }
}
