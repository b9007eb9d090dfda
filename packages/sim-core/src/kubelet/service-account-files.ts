import type { Pod } from '../api/core-v1/pod.ts';

/** Where every container finds what it needs to talk to the API server. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The files of the service account's token volume. The token is a JWT that nobody has signed: it proves nothing. */
export function serviceAccountFiles({ metadata, spec }: Pod): ReadonlyMap<string, string> {
  const { namespace = 'default' } = metadata;
  const account = spec.serviceAccountName ?? 'default';
  const claims = {
    aud: ['https://kubernetes.default.svc.cluster.local'],
    iss: 'https://kubernetes.default.svc.cluster.local',
    'kubernetes.io': { namespace, pod: { name: metadata.name, uid: metadata.uid }, serviceaccount: { name: account } },
    sub: `system:serviceaccount:${namespace}:${account}`,
  };
  const token = [{ alg: 'RS256', kid: 'sandbox' }, claims].map((part) => base64Url(JSON.stringify(part))).join('.');
  return new Map([
    ['/ca.crt', '-----BEGIN CERTIFICATE-----\n(simulated)\n-----END CERTIFICATE-----\n'],
    ['/namespace', namespace],
    ['/token', `${token}.${base64Url('simulated')}`],
  ]);
}

function base64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
