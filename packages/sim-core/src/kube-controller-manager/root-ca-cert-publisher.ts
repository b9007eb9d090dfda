import { type ConfigMap, configMaps } from '../api/core-v1/config-map.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';

/** The ConfigMap by which pods trust the API server. */
const NAME = 'kube-root-ca.crt';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the ' +
  'internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/**
 * Puts the certificate authority of the API server into every namespace (pkg/controller/certificates/rootcacertpublisher).
 * @param rootCA PEM
 */
export function rootCACertPublisherController(rootCA: string): Controller {
  return {
    name: 'root-ca-certificate-publisher',
    component: 'root-ca-cert-publisher',
    for: namespaces,
    watches: [watching(configMaps, namespaceOfPublished)],
    reconcile: (key, context) => reconcile(key, context, { 'ca.crt': rootCA }),
  };
}

function reconcile({ name: namespace }: NamespacedName, { client }: Context, data: Record<string, string>): void {
  const place = client.get(namespaces, '', namespace);
  if (place === undefined || place.metadata.deletionTimestamp !== undefined) return;
  const published = client.get(configMaps, namespace, NAME);
  const annotations = { ...published?.metadata.annotations, 'kubernetes.io/description': DESCRIPTION };
  if (published === undefined) {
    const metadata = { name: NAME, namespace, annotations };
    client.create(configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    return;
  }
  if (deepEqual(published.data, data) && deepEqual(published.metadata.annotations, annotations)) return;
  client.update(configMaps, { ...published, metadata: { ...published.metadata, annotations }, data });
}

function namespaceOfPublished({ metadata }: ConfigMap): NamespacedName[] {
  return metadata.name === NAME ? [{ namespace: '', name: metadata.namespace ?? '' }] : [];
}
