import { INGRESS_NGINX_ADDON } from '../../addons/ingress-nginx.ts';
import type { ApplyOutcome } from '../../cluster/manifests.ts';
import { PLAIN_EDGE, worldOf } from '../../cluster/world.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { readSettings } from '../../scenario/settings.ts';
import type { World } from '../world.ts';

/** A cluster in virtual time with manifests applied, and what the doctor sees of it. */
export interface RunningWorld {
  readonly cluster: Cluster;
  readonly outcomes: readonly ApplyOutcome[];
  /** The world as it is at the moment of asking. */
  world(): World;
}

/**
 * Applies files as `run` does and lets them settle.
 * @param options.addon false: no controller unless the Scenario or the files bring one
 * @param options.webhook false: nobody is asked about Ingresses, so that bad ones get in
 * @param options.seconds cluster time that passes, default 10
 */
export function runningWorld(
  files: Readonly<Record<string, string>>,
  options: { addon?: boolean; webhook?: boolean; seconds?: number } = {},
): RunningWorld {
  const decoded = Object.entries(files).map(([file, text]) => ({ file, text, ...decodeManifests(file, text) }));
  const problems = decoded.flatMap((each) => each.problems.filter(({ severity }) => severity === 'error'));
  if (problems.length > 0)
    throw new Error(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
  const documents = decoded.flatMap((each) => each.documents);
  const scenario = documents.find(({ value }) => value.kind === 'Scenario');
  const { settings } = readSettings(
    scenario?.value ?? { apiVersion: 'sandbox.k8s-ingress.dev/v1', kind: 'Scenario', metadata: {}, spec: {} },
  );
  const cluster = createCluster({ settings, certificates: nodeCertificates });
  if (options.addon ?? (scenario === undefined || settings.addons.includes('ingress-nginx'))) {
    cluster.apply(decodeManifests('addon', INGRESS_NGINX_ADDON).documents);
    cluster.settle();
    if (options.webhook === false)
      cluster.delete('', 'validatingwebhookconfigurations', { name: 'ingress-nginx-admission' });
  }
  cluster.manifests.addFiles(decoded);
  const outcomes = cluster.apply(documents.filter(({ value }) => value.kind !== 'Scenario'));
  cluster.advance((options.seconds ?? 10) * 1000);
  return { cluster, outcomes, world: () => worldOf(cluster, outcomes, PLAIN_EDGE, nodeCertificates) };
}
