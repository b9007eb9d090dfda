import { createCluster, letSettle, simulateRequests, splitRow } from '../index.ts';
import { Applying } from '../run/applying.ts';
import { RunFiles } from '../run/run-files.ts';
import { RunManifests } from '../run/run-manifests.ts';
import type { SplitRow } from '../wire.ts';
import { type PageFile, readScenario } from './scenario-files.ts';

/** Requests a virtual second. */
const RATE = 1000;

/** What so many requests in virtual time came to. */
export interface Simulated {
  readonly requests: number;
  readonly answered: number;
  readonly seed: string;
  readonly split: SplitRow[];
}

/**
 * What `simulate FILE --requests N` does, in a cluster of its own: the same seed gives the same split.
 * @throws Error for files that cannot be read, or without an ingress load balancer
 */
export async function simulateFiles(files: readonly PageFile[], requests: number, seed?: string): Promise<Simulated> {
  const { files: input, loaded, settings } = readScenario(files, seed);
  const cluster = createCluster({ settings, traceHeader: false });
  new Applying(cluster, new RunFiles(input), new RunManifests(cluster, loaded.settings)).start(loaded);
  letSettle(cluster);
  const hostname = cluster.edge.ingressLoadBalancer()?.hostname;
  if (hostname === undefined) throw new Error('no ingress controller runs here: nothing can be sent');
  const order = { urls: [`http://${hostname}/`], headers: {}, count: requests, rate: RATE };
  const answered = await simulateRequests(cluster, order);
  return { requests, answered, seed: settings.seed, split: cluster.splits.all().map(splitRow) };
}
