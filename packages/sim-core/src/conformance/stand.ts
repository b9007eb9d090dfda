import { type Cluster, createCluster, defaultSettings, INGRESS_NGINX_ADDON, type ScenarioSettings } from '../index.ts';
import type { Certificates } from '../ingress-nginx/certificates.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { OpenTransport, Transport } from './transport.ts';

/** Where the controller of a stand lives, and its Service and ConfigMap. */
export const CONTROLLER = Object.freeze({ namespace: 'ingress-nginx', name: 'ingress-nginx-controller' });

/** Cluster time in which everything has to run, milliseconds. */
const PATIENCE = 120_000;
const STEP = 250;

/** What clusters are made with, and how clients reach them. */
export interface StandParts {
  readonly certificates: Certificates;
  /** `real` where the transport has sockets. */
  readonly time: 'real' | 'virtual';
  readonly open: OpenTransport;
}

/** How the cluster of one vector is started. */
export interface StandOptions {
  readonly seed: string;
  /** Data of the controller's ConfigMap. */
  readonly configMap?: Readonly<Record<string, string>>;
  /** Added to the controller's command line; the last of one name counts. */
  readonly flags?: readonly string[];
}

/** A cluster in which one controller runs, and a client before it: what one vector needs. */
export interface Stand {
  readonly cluster: Cluster;
  readonly transport: Transport;
  close(): Promise<void>;
}

/** Starts the cluster of a vector. @throws Error when the controller does not come up */
export async function openStand(parts: StandParts, options: StandOptions): Promise<Stand> {
  const { certificates, time, open } = parts;
  const cluster = createCluster({ settings: settingsOf(options.seed), time, certificates, traceHeader: false });
  cluster.apply(controllerDocuments(options));
  waitUntilReady(cluster);
  const transport = await open(cluster);
  const close = async () => {
    await transport.close();
    cluster.stop();
  };
  return { cluster, transport, close };
}

/** Cluster time passes until nothing is waited for. @throws Error naming what never comes */
export function waitUntilReady(cluster: Cluster): void {
  for (let waited = 0; waited < PATIENCE; waited += STEP) {
    if (cluster.waitingFor().length === 0) return;
    cluster.advance(STEP);
  }
  const waiting = cluster
    .waitingFor()
    .map(({ kind, namespace, name, reason }) => `${kind} ${namespace}/${name}: ${reason}`);
  if (waiting.length > 0) throw new Error(`the cluster does not get ready: ${waiting.join('; ')}`);
}

function settingsOf(seed: string): ScenarioSettings {
  const settings = defaultSettings();
  return { ...settings, seed, nodes: 1, cloud: { ...settings.cloud, delay: 0 } };
}

/** The add-on with other arguments and settings. */
function controllerDocuments({ configMap = {}, flags = [] }: StandOptions): ManifestDocument[] {
  const { documents } = decodeManifests('addon/ingress-nginx.yaml', INGRESS_NGINX_ADDON);
  return documents.map((document) => {
    const { kind } = document.value;
    if (kind === 'ConfigMap') return { ...document, value: { ...document.value, data: configMap } };
    return kind === 'Deployment' ? withArguments(document, flags) : document;
  });
}

function withArguments(document: ManifestDocument, flags: readonly string[]): ManifestDocument {
  const value = structuredClone(document.value) as typeof document.value & ControllerDeployment;
  value.spec.template.spec.containers[0]?.args.push(...flags);
  return { ...document, value };
}

interface ControllerDeployment {
  spec: { template: { spec: { containers: { args: string[] }[] } } };
}
