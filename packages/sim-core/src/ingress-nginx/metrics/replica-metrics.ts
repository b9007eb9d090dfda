import type { Pod } from '../../api/core-v1/pod.ts';
import type { Workload } from '../../workloads/workload.ts';
import { CheckCounters } from '../admission/check-counters.ts';
import type { ConfigurationLoader } from '../configuration-loader.ts';
import type { Flags } from '../flags.ts';
import type { LeaderElection } from '../leader-election.ts';
import { controllerFamilies } from './controller-metrics.ts';
import type { RequestMetrics } from './request-metrics.ts';
import { type Labels, type MetricFamily, printMetrics } from './text-format.ts';

/** Release that the simulated controller behaves as. */
const RELEASE = 'v1.15.1';

/** Labels of every metric of a replica. */
export function constantLabels({ metadata }: Pod, { controllerClass }: Flags): Labels {
  return {
    controller_class: controllerClass,
    controller_namespace: metadata.namespace ?? '',
    controller_pod: metadata.name,
  };
}

/** What a replica says of itself on port 10254. Requests are counted with --enable-metrics only, as in the real one. */
export class ReplicaMetrics {
  readonly #constant: Labels;
  readonly #requests: RequestMetrics | undefined;
  readonly #flags: Flags;
  readonly #election: LeaderElection;
  readonly #loader: ConfigurationLoader;
  /** What the admission webhook said. */
  readonly checks = new CheckCounters();

  constructor(parts: {
    constant: Labels;
    requests: RequestMetrics | undefined;
    flags: Flags;
    election: LeaderElection;
    loader: ConfigurationLoader;
  }) {
    this.#constant = parts.constant;
    this.#requests = parts.requests;
    this.#flags = parts.flags;
    this.#election = parts.election;
    this.#loader = parts.loader;
  }

  families(): MetricFamily[] {
    const { model, reloads } = this.#loader;
    const state = {
      configuration: model.configuration,
      reloads,
      leads: this.#election.leads(),
      electionId: this.#flags.electionId,
      release: RELEASE,
    };
    return [...controllerFamilies(state, this.#constant), ...(this.#requests?.families() ?? [])];
  }

  /** Port 10254: health, and what was measured. */
  listener(health: Workload): Workload {
    return {
      http: (request, response) => {
        if (request.url.split('?')[0] !== '/metrics') {
          health.http?.(request, response);
          return;
        }
        const text = this.#flags.enableMetrics ? printMetrics(this.families()) : '';
        const length = String(new TextEncoder().encode(text).length);
        response.writeHead(200, ['Content-Type', 'text/plain; version=0.0.4; charset=utf-8', 'Content-Length', length]);
        response.end(text);
      },
    };
  }
}
