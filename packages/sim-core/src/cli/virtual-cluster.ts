import { type ApplyOutcome, type Cluster, type ClusterOptions, letSettle } from '../index.ts';
import { addonDocuments, type LoadedManifests } from '../run/load-manifests.ts';
import type { Input } from './input.ts';
import { withFlags } from './read-manifests.ts';
import { startCluster } from './start-cluster.ts';

/** What the command line says of a cluster without sockets. */
export interface VirtualFlags {
  readonly seed?: string | undefined;
  readonly addon: readonly string[];
  /** kubectl's `-n`; it is created where the manifests do not do so. */
  readonly namespace?: string | undefined;
}

/**
 * A cluster in virtual time with manifests applied and, if they ever do, settled.
 * @throws CliError refused
 */
export function virtualCluster(
  { files }: Pick<Input, 'files'>,
  manifests: LoadedManifests,
  flags: VirtualFlags,
  options: Pick<ClusterOptions, 'traceHeader'> = {},
): { cluster: Cluster; outcomes: ApplyOutcome[] } {
  const settings = withFlags(manifests.settings, flags);
  const cluster = startCluster(manifests, { settings, ...options });
  cluster.manifests.addFiles(files.map(({ file, bytes }) => ({ file, text: bytes })));
  cluster.apply(addonDocuments(settings));
  const { namespace } = flags;
  if (namespace !== undefined)
    cluster.applyObjects([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  const late: ApplyOutcome[] = [];
  cluster.manifests.onLateOutcomes((outcomes) => late.push(...outcomes));
  const interval = settings.applyInterval;
  const howApplied = { interval, postpone: true, ...(namespace !== undefined && { namespace }) };
  const outcomes = cluster.apply(manifests.documents, howApplied);
  letSettle(cluster);
  return { cluster, outcomes: outcomes.map((each) => late.find((other) => isSameDocument(each, other)) ?? each) };
}

function isSameDocument(a: ApplyOutcome, b: ApplyOutcome): boolean {
  return a.file === b.file && a.line === b.line;
}
