import { nodeCertificates } from '../host/certificates.ts';
import { type ApplyOutcome, type Cluster, createCluster } from '../index.ts';
import type { InputFile } from './input.ts';
import { addonDocuments, type LoadedManifests, withFlags } from './run/load-manifests.ts';

/** Longest that a cluster in virtual time is given to settle, milliseconds. */
const PATIENCE = 120_000;
const STEP = 500;

/** A cluster in virtual time with manifests applied and, if they ever do, settled. */
export function virtualCluster(
  files: readonly InputFile[],
  manifests: LoadedManifests,
  flags: { seed?: string | undefined; addon: readonly string[] },
): { cluster: Cluster; outcomes: ApplyOutcome[] } {
  const settings = withFlags(manifests.settings, flags);
  const cluster = createCluster({ settings, certificates: nodeCertificates });
  cluster.manifests.addFiles(files.map(({ file, bytes }) => ({ file, text: bytes })));
  cluster.apply(addonDocuments(settings));
  const outcomes = cluster.apply(manifests.documents);
  for (let waited = 0; waited < PATIENCE && cluster.waitingFor().length > 0; waited += STEP) cluster.advance(STEP);
  return { cluster, outcomes };
}
