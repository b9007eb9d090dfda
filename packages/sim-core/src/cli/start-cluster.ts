import { nodeCertificates } from '../host/certificates.ts';
import { type Cluster, type ClusterOptions, createCluster, SettingsError } from '../index.ts';
import type { InputFile } from '../run/input-file.ts';
import type { InputProblem, LoadedManifests } from '../run/load-manifests.ts';
import { RefusedInput } from './read-manifests.ts';

/**
 * Makes the cluster that manifests ask for; nothing is applied yet.
 * @throws RefusedInput with the line of a setting that no cluster can be made from
 */
export function startCluster(manifests: LoadedManifests, options: ClusterOptions): Cluster {
  try {
    return createCluster({ certificates: nodeCertificates, ...options });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new RefusedInput(error.problems.map(manifests.describeSetting));
  }
}

/**
 * Looks for kinds and fields that the cluster does not know, before anything is applied.
 * @throws RefusedInput
 */
export function expectKnown(cluster: Cluster, files: readonly InputFile[], { documents }: LoadedManifests): void {
  cluster.manifests.addFiles(files.map(({ file, bytes }) => ({ file, text: bytes })));
  const refused = cluster.manifests.check(documents);
  if (refused.length === 0) return;
  cluster.stop();
  throw new RefusedInput(refused.map((problem): InputProblem => ({ severity: 'error', ...problem })));
}
