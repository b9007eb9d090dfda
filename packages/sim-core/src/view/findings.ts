import { deepEqual } from '../apimachinery/deep.ts';
import type { DoctorFinding } from '../wire.ts';
import type { ClusterViewOptions, ViewedCluster } from './viewed-cluster.ts';

/** Milliseconds of request time between two visits of the doctor: he looks at everything. */
const LOOK_EVERY = 1000;

/** The doctor's findings, asked for again only when the cluster changed, and not too often. */
export class Findings {
  readonly #cluster: ViewedCluster;
  readonly #options: ClusterViewOptions;
  #findings: readonly DoctorFinding[] = [];
  #revision = -1;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(cluster: ViewedCluster, options: ClusterViewOptions) {
    this.#cluster = cluster;
    this.#options = options;
  }

  /** The same list as long as it says the same. */
  read(): readonly DoctorFinding[] {
    const { client, clock } = this.#cluster;
    const now = clock.requestNow();
    if (client.revision === this.#revision || now - this.#lookedAt < LOOK_EVERY) return this.#findings;
    this.#revision = client.revision;
    this.#lookedAt = now;
    const findings = this.#options.findings?.() ?? [];
    if (!deepEqual(findings, this.#findings)) this.#findings = findings;
    return this.#findings;
  }
}
