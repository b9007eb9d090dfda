import { configMaps } from '../api/core-v1/config-map.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** Where every container finds what it needs to talk to the API server. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The files of the service account's token volume, as they are now. */
export function serviceAccountFiles({ pod, services }: PodRuntime): ReadonlyMap<string, string> {
  const { namespace = 'default' } = pod.metadata;
  const authority = services.client.get(configMaps, namespace, 'kube-root-ca.crt')?.data?.['ca.crt'];
  return new Map([
    ['/ca.crt', authority ?? ''],
    ['/namespace', namespace],
    ['/token', services.tokenFor(pod) ?? ''],
  ]);
}
