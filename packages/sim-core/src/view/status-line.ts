import type { WireStatus } from '../wire.ts';
import { simulatedFacts } from './simulated.ts';
import type { ClusterViewOptions, ViewedCluster } from './viewed-cluster.ts';

/** Most things that are listed as waited for. */
const MOST_WAITING = 20;

/** What the cluster says of itself. What it waits for is asked once per revision: the answer walks through all pods. */
export class StatusLine {
  readonly #cluster: ViewedCluster;
  readonly #options: ClusterViewOptions;
  #waitingFor: WireStatus['waitingFor'] = [];
  #askedAt = -1;

  constructor(cluster: ViewedCluster, options: ClusterViewOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  read(): WireStatus {
    const { client, clock, realTime, settings } = this.#cluster;
    const { epoch, engine, deviations = [], addresses } = this.#options;
    const waitingFor = this.#waiting(client.revision);
    return {
      epoch,
      rev: client.revision,
      now: Math.round(clock.now()),
      speed: realTime?.speed ?? 1,
      paused: realTime?.paused ?? true,
      seed: settings.seed,
      scenario: settings.name,
      settled: waitingFor.length === 0,
      waitingFor: waitingFor.slice(0, MOST_WAITING),
      deviations: [...simulatedFacts(settings), ...deviations],
      engine,
      ...(addresses?.() ?? { http: '', https: '' }),
    };
  }

  #waiting(revision: number): WireStatus['waitingFor'] {
    if (revision !== this.#askedAt) this.#waitingFor = this.#cluster.waitingFor();
    this.#askedAt = revision;
    return this.#waitingFor;
  }
}
