import type { AnnotationLookup, Finish } from '../lookup.ts';

/** Certificates of a Secret; one that cannot be read denies the location (proxyssl/main.go). */
export const finishProxySsl: Finish = (directives, lookup) => {
  const { proxySsl, location } = directives;
  if (proxySsl.secret === '' || lookup === undefined) return undefined;
  const read = readSecret(proxySsl.secret, lookup);
  if (typeof read === 'string') return { annotation: 'proxy-ssl-secret', reason: read, effect: 'deny' };
  location.proxySsl = { ...proxySsl, ...read };
  return undefined;
};

/** What the Secret holds, or why it is of no use (store.go, GetAuthCertificate). */
function readSecret(
  secret: string,
  lookup: AnnotationLookup,
): { caPem: string; certPem: string; keyPem: string } | string {
  const [, namespace = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(secret) ?? [];
  if (name === '') return `invalid format (namespace/name) found in "${secret}"`;
  if (namespace !== lookup.namespace && !lookup.crossNamespace) return 'cross namespace secrets are not supported';
  const read = lookup.tlsSecret(namespace, name);
  if (typeof read === 'string') return `error obtaining certificate: ${read}`;
  return { caPem: read.caPem, certPem: read.certPem, keyPem: read.keyPem };
}
