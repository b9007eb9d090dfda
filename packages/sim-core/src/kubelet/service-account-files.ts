import { configMaps } from '../api/core-v1/config-map.ts';
import type { PodRuntime } from './pod-runtime.ts';

/** Where every container finds what it needs to talk to the API server. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The files of the service account's token volume, as they are now. */
export function serviceAccountFiles(runtime: PodRuntime): ReadonlyMap<string, string> {
  return new Map([
    ['/ca.crt', authorityOf(runtime)],
    ['/namespace', runtime.pod.metadata.namespace ?? 'default'],
    ['/token', tokenOf(runtime)],
  ]);
}

/** The certificate authority of the API server, PEM. */
export function authorityOf({ pod, services }: PodRuntime): string {
  return (
    services.client.get(configMaps, pod.metadata.namespace ?? 'default', 'kube-root-ca.crt')?.data?.['ca.crt'] ?? ''
  );
}

/** A new token of the pod's service account: it is signed, so only who reads it makes one. */
export function tokenOf({ pod, services }: PodRuntime): string {
  return services.tokenFor(pod) ?? '';
}
