import { nodes } from '../api/core-v1/node.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import type { NodeMetrics } from '../api/metrics-v1beta1/node-metrics.ts';
import type { PodMetrics, Usage } from '../api/metrics-v1beta1/pod-metrics.ts';
import type { Client } from '../client/client.ts';
import type { ContainerStats, PodStats } from '../kubelet/stats.ts';
import { type Clock, formatTime } from '../sim/clock.ts';
import { cpuUsage, memoryUsage } from './usage.ts';

/** Milliseconds of cluster time between two looks at the kubelets (--metric-resolution). */
const RESOLUTION = 15_000;
/** Shortest measured time, in milliseconds of request time, from which a rate is told. */
const SHORTEST = 1000;
/** What a node uses besides its pods: millicores and bytes. */
const SYSTEM = Object.freeze({ cpu: 60, memory: 600 * 1024 * 1024 });

/** What was seen of one life of a container when it was last looked at. */
interface Sample {
  readonly requests: number;
  /** Request time. */
  readonly at: number;
  /** Requests a second between the last two looks. */
  readonly rate: number;
}

/** What the metrics-server is built from. */
export interface MetricsServerParts {
  readonly client: Client;
  readonly clock: Clock;
  /** What runs, as the kubelets tell. */
  stats(): Iterable<PodStats>;
}

/**
 * Tells what pods and nodes use (kubernetes-sigs/metrics-server): it looks at the kubelets every 15 seconds and takes the
 * difference. What containers use is reckoned from the requests that they were sent.
 */
export class MetricsServer {
  readonly #parts: MetricsServerParts;
  /** By the life of the container. */
  #samples = new Map<object, Sample>();
  #lookedAt: number;

  constructor(parts: MetricsServerParts) {
    this.#parts = parts;
    this.#lookedAt = parts.clock.now();
    this.#lookLater();
  }

  /** Use of the pods of one namespace or (undefined) of all, by name within their namespace. */
  pods(namespace?: string): PodMetrics[] {
    const metrics: PodMetrics[] = [];
    for (const stats of this.#parts.stats()) {
      if (namespace === undefined || stats.pod.metadata.namespace === namespace) metrics.push(this.#podMetrics(stats));
    }
    return metrics.sort(byName);
  }

  /** Use of the nodes: their pods' and the system's own. */
  nodes(): NodeMetrics[] {
    const used = new Map<string, { cpu: number; memory: number }>();
    for (const { pod, containers } of this.#parts.stats()) {
      const sum = used.get(pod.spec.nodeName ?? '') ?? { ...SYSTEM };
      for (const stats of containers) {
        sum.cpu += this.#cpuOf(stats);
        sum.memory += memoryUsage(stats.container);
      }
      used.set(pod.spec.nodeName ?? '', sum);
    }
    return this.#parts.client.list(nodes).map(({ metadata: { name, labels, creationTimestamp } }) => ({
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'NodeMetrics',
      metadata: { name, ...(labels && { labels }), ...(creationTimestamp && { creationTimestamp }) },
      ...this.#measured(),
      usage: toUsage(used.get(name) ?? SYSTEM),
    }));
  }

  #podMetrics({ pod, containers }: PodStats): PodMetrics {
    return {
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'PodMetrics',
      metadata: metadataOf(pod),
      ...this.#measured(),
      containers: containers.map((stats) => ({
        name: stats.container.name,
        usage: toUsage({ cpu: this.#cpuOf(stats), memory: memoryUsage(stats.container) }),
      })),
    };
  }

  #measured(): Pick<PodMetrics, 'timestamp' | 'window'> {
    return { timestamp: formatTime(this.#lookedAt), window: `${RESOLUTION / 1000}s` };
  }

  #cpuOf({ container, life, cpuPerRequest }: ContainerStats): number {
    const rate = this.#samples.get(life)?.rate ?? this.#rateSinceStart(life);
    return cpuUsage(container, rate, cpuPerRequest);
  }

  /** A container that is younger than the last look has only its start to compare with. */
  #rateSinceStart({ startedAt, requests }: ContainerStats['life']): number {
    return (requests * 1000) / Math.max(this.#parts.clock.now() - startedAt, RESOLUTION);
  }

  #lookLater(): void {
    this.#parts.clock.after(RESOLUTION, () => {
      this.#look();
      this.#lookLater();
    });
  }

  #look(): void {
    const at = this.#parts.clock.requestNow();
    const samples = new Map<object, Sample>();
    for (const { containers } of this.#parts.stats()) {
      for (const { life } of containers) samples.set(life, this.#sample(life, at));
    }
    this.#samples = samples;
    this.#lookedAt = this.#parts.clock.now();
  }

  #sample(life: ContainerStats['life'], at: number): Sample {
    const { requests } = life;
    const last = this.#samples.get(life);
    if (last === undefined) return { requests, at, rate: this.#rateSinceStart(life) };
    if (at - last.at < SHORTEST) return last;
    return { requests, at, rate: ((requests - last.requests) * 1000) / (at - last.at) };
  }
}

function metadataOf({ metadata }: Pod): PodMetrics['metadata'] {
  const { name, namespace = '', labels, creationTimestamp } = metadata;
  return { name, namespace, ...(labels && { labels }), ...(creationTimestamp && { creationTimestamp }) };
}

/** Millicores and bytes as the metrics-server writes them: nanocores, KiB. */
function toUsage({ cpu, memory }: { cpu: number; memory: number }): Usage {
  return { cpu: `${Math.round(cpu * 1e6)}n`, memory: `${Math.floor(memory / 1024)}Ki` };
}

function byName(a: PodMetrics, b: PodMetrics): number {
  const [spaceA = '', spaceB = ''] = [a.metadata.namespace, b.metadata.namespace];
  if (spaceA !== spaceB) return spaceA < spaceB ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
