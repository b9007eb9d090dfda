import type { ConfigMap } from '../../api/core-v1/config-map.ts';
import type { Secret } from '../../api/core-v1/secret.ts';
import type { Certificates } from '../../ingress-nginx/certificates.ts';
import type { VectorSecret } from './vector.ts';

/** Namespace and name of a key as vectors have them: `name`, of the namespace default, or `namespace/name`. */
export function placeOf(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { namespace: 'default', name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** A Secret with plain values, or with a certificate that was made for it. */
export function secretOf(key: string, { tls, data = {} }: VectorSecret, certificates: Certificates): Secret {
  const pair = tls && certificates.selfSigned({ commonName: tls.dnsNames[0] ?? '', dnsNames: tls.dnsNames });
  const values = pair === undefined ? data : { 'tls.crt': pair.certPem, 'tls.key': pair.keyPem, ...data };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: placeOf(key),
    type: pair === undefined ? 'Opaque' : 'kubernetes.io/tls',
    data: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, base64(value)])),
  };
}

export function configMapOf(key: string, data: Readonly<Record<string, string>>): ConfigMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: placeOf(key), data };
}

/** Of the text in UTF-8. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
