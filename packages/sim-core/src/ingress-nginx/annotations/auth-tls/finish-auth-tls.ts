import type { ClientVerification } from '../../nginx/directives.ts';
import type { AnnotationLookup, Finish } from '../lookup.ts';

/** Authorities of a Secret; one that cannot be read closes the whole host with 403 (authtls/main.go, annotations.go). */
export const finishAuthTls: Finish = (directives, lookup) => {
  const { authTls } = directives;
  if (authTls.secret === '' || lookup === undefined) return undefined;
  const authority = readAuthority(authTls.secret, lookup);
  if (typeof authority === 'string') {
    directives.clientAuth = { error: authority };
    return { annotation: 'auth-tls-secret', reason: authority, effect: 'deny' };
  }
  const { matchCn, ...settings } = authTls;
  // Without ca.crt nobody is asked for anything; the name is compared all the same.
  const verification = authority.caPem === '' ? {} : { verification: { ...settings, ...authority } };
  directives.clientAuth = { error: '', matchCn, ...verification };
  return undefined;
};

/** What the Secret holds, or why it is of no use (store.go, GetAuthCertificate). */
function readAuthority(
  secret: string,
  lookup: AnnotationLookup,
): Pick<ClientVerification, 'caPem' | 'crlPem'> | string {
  const [, namespace = '', name = ''] = /^([^/]+)\/([^/]+)$/.exec(secret) ?? [];
  if (name === '') return `invalid format (namespace/name) found in "${secret}"`;
  if (namespace !== lookup.namespace && !lookup.crossNamespace) return 'cross namespace secrets are not supported';
  const read = lookup.tlsSecret(namespace, name);
  if (typeof read === 'string') return `error obtaining certificate: ${read}`;
  return { caPem: read.caPem, crlPem: read.crlPem };
}
