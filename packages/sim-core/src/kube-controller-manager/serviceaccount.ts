import { namespaces } from '../api/core-v1/namespace.ts';
import { type ServiceAccount, serviceAccounts } from '../api/core-v1/service-account.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import { type Context, type Controller, watching } from '../controller-runtime/controller.ts';

/** The account of pods that name none. */
const DEFAULT = 'default';

/** Gives every namespace its service account `default` (pkg/controller/serviceaccount/serviceaccounts_controller.go). */
export function serviceAccountController(): Controller {
  return {
    name: 'serviceaccount',
    component: 'service-account-controller',
    for: namespaces,
    watches: [watching(serviceAccounts, namespaceOfDefault)],
    reconcile,
  };
}

function reconcile({ name: namespace }: NamespacedName, { client }: Context): void {
  const terminating = client.get(namespaces, '', namespace)?.metadata.deletionTimestamp;
  if (client.get(namespaces, '', namespace) === undefined || terminating !== undefined) return;
  if (client.get(serviceAccounts, namespace, DEFAULT) !== undefined) return;
  client.create(serviceAccounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: DEFAULT, namespace } });
}

function namespaceOfDefault({ metadata }: ServiceAccount): NamespacedName[] {
  return metadata.name === DEFAULT ? [{ namespace: '', name: metadata.namespace ?? '' }] : [];
}
