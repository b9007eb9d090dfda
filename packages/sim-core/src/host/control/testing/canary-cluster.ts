import { readFileSync } from 'node:fs';
import { type Cluster, createCluster, INGRESS_NGINX_ADDON, readSettings } from '../../../index.ts';
import { decodeManifests } from '../../../manifest/decode-manifests.ts';

/** The file of the scenario, as the cluster knows it. */
export const CANARY_FILE = 'canary.yaml';
export const CANARY_TEXT = readFileSync(new URL('../../../../../../scenarios/canary.yaml', import.meta.url), 'utf8');
/** The ingress load balancer's. */
export const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';

/** The lesson's canary in virtual time, settled, with its load balancer. */
export function canaryCluster(): Cluster {
  const files = [
    { file: 'add-on', text: INGRESS_NGINX_ADDON },
    { file: CANARY_FILE, text: CANARY_TEXT },
  ];
  const documents = files.flatMap(({ file, text }) => decodeManifests(file, text).documents);
  const isScenario = ({ value }: (typeof documents)[number]) => value.kind === 'Scenario';
  const cluster = createCluster({ settings: readSettings(documents.find(isScenario)?.value).settings });
  cluster.manifests.addFiles(files);
  cluster.apply(documents.filter((document) => !isScenario(document)));
  cluster.advance(10_000);
  return cluster;
}
