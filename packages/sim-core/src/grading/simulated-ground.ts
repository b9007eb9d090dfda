import type { Ground, Site, SiteOrder } from '../grader/site.ts';
import { type Cluster, createCluster, type ScenarioSettings } from '../index.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { Certificates } from './certificates.ts';
import { examineSubmission } from './examine-submission.ts';
import { explainRequest } from './explain-request.ts';
import { SimulatedTarget } from './simulated-target.ts';

/** What clusters are made from: read once, shared by every submission. */
export interface GroundParts {
  readonly settings: ScenarioSettings;
  /** Objects of the add-ons, then those of the scenario. */
  readonly documents: readonly ManifestDocument[];
  readonly certificates: Certificates;
  /** Real time, milliseconds since the epoch. */
  wallNow(): number;
}

/** Longest that a scenario is given to settle, and the steps, milliseconds. */
const PATIENCE = 120_000;
const STEP = 500;

/** The simulated cluster: a fresh one for every submission, in virtual time. */
export function simulatedGround(parts: GroundParts): Ground {
  return { name: 'simulated', open: (order) => open(parts, order) };
}

async function open(parts: GroundParts, { seed, wall }: SiteOrder): Promise<Site> {
  const { documents, certificates } = parts;
  const settings = { ...parts.settings, seed };
  // Nobody asks for the decisions of single requests here: why one ends as it does is found out anew.
  const cluster = createCluster({ settings, certificates, traceHeader: false, records: 1 });
  cluster.api.useAdminToken('');
  cluster.apply(documents, { interval: settings.applyInterval, postpone: true });
  letSettle(cluster);
  const api = await cluster.api.server();
  const target = new SimulatedTarget({
    cluster,
    api,
    readCertificate: certificates.parse,
    wallNow: parts.wallNow,
    wallDeadline: parts.wallNow() + wall,
  });
  return {
    target,
    namespace: 'default',
    examine: async (files, applied) => examineSubmission(cluster, files, applied, certificates),
    explain: (request) => explainRequest(cluster, request, certificates),
    close: async () => cluster.stop(),
  };
}

/** A scenario that cannot settle is one too: what is broken in it is the exercise. */
function letSettle(cluster: Cluster): void {
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    const waiting = cluster.waitingFor();
    if (waiting.every(({ stuck }) => stuck)) break;
    cluster.advance(STEP);
  }
  cluster.manifests.giveUp();
}
