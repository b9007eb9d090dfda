import type { Pod } from '../../api/core-v1/pod.ts';
import { type Answer, answer } from '../../workloads/http-answer.ts';
import type { Workload } from '../../workloads/workload.ts';
import { CheckCounters } from '../admission/check-counters.ts';
import type { Certificates } from '../certificates.ts';
import type { ConfigurationLoader } from '../configuration-loader.ts';
import type { Flags } from '../flags.ts';
import type { LeaderElection } from '../leader-election.ts';
import type { ModelBuilder } from '../model-builder.ts';
import type { NginxConfiguration } from '../nginx/configuration.ts';
import { printConf } from '../nginx/print-conf.ts';
import type { StubStatus } from '../nginx/stub-status.ts';
import { banner } from '../start-up.ts';
import { certificateFamilies } from './certificate-metrics.ts';
import { configurationHash } from './configuration-hash.ts';
import { admissionFamilies, controllerFamilies } from './controller-metrics.ts';
import { processFamilies } from './process-metrics.ts';
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

/** What the metrics of a replica are read from. */
export interface MetricsParts {
  readonly constant: Labels;
  readonly requests: RequestMetrics | undefined;
  readonly flags: Flags;
  readonly election: LeaderElection;
  readonly loader: ConfigurationLoader;
  readonly builder: ModelBuilder;
  readonly certificates: Certificates;
  readonly status: StubStatus;
  /** Milliseconds of cluster time. */
  readonly startedAt: number;
}

/** What a replica says of itself on port 10254, with --enable-metrics. */
export class ReplicaMetrics {
  readonly #parts: MetricsParts;
  /** What the admission webhook said. */
  readonly checks = new CheckCounters();
  /** Hash and size of a configuration, which take time. */
  #described: { readonly of: NginxConfiguration; readonly hash: number; readonly size: number } | undefined;

  constructor(parts: MetricsParts) {
    this.#parts = parts;
  }

  families(): MetricFamily[] {
    const { constant, requests, flags, election, loader, builder, certificates, status, startedAt } = this.#parts;
    const { reloads, reloaded } = loader;
    const leads = election.leads();
    const { configuration } = loader.model;
    const { hash, size } = this.#describe(reloaded ?? configuration);
    const controller = {
      reloads: { ...reloads, hash: reloads.lastSuccessful ? hash : 0 },
      leads,
      electionId: flags.electionId,
      checks: this.checks.entries(),
      orphans: builder.orphans(),
    };
    const checked = this.checks.entries().size > 0;
    const ingresses = checked ? (flags.disableFullTest ? 1 : builder.count()) : 0;
    return [
      ...controllerFamilies(controller, constant),
      ...admissionFamilies({ ingresses, size: checked ? size : 0 }, constant),
      ...certificateFamilies({ configuration, certificates, leads }, constant),
      ...processFamilies({ status, startedAt }, constant),
      ...(requests?.families() ?? []),
    ];
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
    const { flags } = this.#parts;
    if (path === flags.healthCheckPath) return answer(200, 'text/plain; charset=utf-8', 'ok');
    if (path === '/build') return answer(200, 'text/plain; charset=utf-8', JSON.stringify(banner().join('\n')));
    if (path !== '/metrics') return answer(404, 'text/plain; charset=utf-8', '404 page not found\n');
    const text = flags.enableMetrics ? printMetrics(this.families()) : '';
    return answer(200, 'text/plain; version=0.0.4; charset=utf-8', text);
  }

  #describe(configuration: NginxConfiguration) {
    if (this.#described?.of !== configuration) {
      const size = printConf(configuration).length;
      this.#described = { of: configuration, hash: configurationHash(configuration), size };
    }
    return this.#described;
  }
}
