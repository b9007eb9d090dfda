import type { Pod } from '../../api/core-v1/pod.ts';
import { type Answer, answer } from '../../workloads/http-answer.ts';
import type { Workload } from '../../workloads/workload.ts';
import { CheckCounters } from '../admission/check-counters.ts';
import type { ConfigurationLoader } from '../configuration-loader.ts';
import type { Flags } from '../flags.ts';
import type { LeaderElection } from '../leader-election.ts';
import { banner, RELEASE } from '../start-up.ts';
import { controllerFamilies } from './controller-metrics.ts';
import type { RequestMetrics } from './request-metrics.ts';
import { type Labels, type MetricFamily, printMetrics } from './text-format.ts';

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
      release: RELEASE.version,
    };
    return [...controllerFamilies(state, this.#constant), ...(this.#requests?.families() ?? [])];
  }

  /** Port 10254: health, and what was measured (cmd/nginx/main.go, registerHealthz and registerMetrics). */
  listener(): Workload {
    return {
      http: ({ url }, response) => {
        const { status, headers, body } = this.#answer(url.split('?')[0] ?? '');
        response.writeHead(status, headers);
        response.end(body);
      },
    };
  }

  #answer(path: string): Answer {
    if (path === this.#flags.healthCheckPath) return answer(200, 'text/plain; charset=utf-8', 'ok');
    if (path === '/build') return answer(200, 'text/plain; charset=utf-8', JSON.stringify(banner().join('\n')));
    if (path !== '/metrics') return answer(404, 'text/plain; charset=utf-8', '404 page not found\n');
    const text = this.#flags.enableMetrics ? printMetrics(this.families()) : '';
    return answer(200, 'text/plain; version=0.0.4; charset=utf-8', text);
  }
}
