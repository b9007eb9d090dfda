import type { ClientVerification } from '../directives.ts';
import type { Conf, Line } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext, ServerContext } from './printing.ts';

/** The server asks its clients for a certificate (nginx.tmpl). */
export const CLIENT_VERIFICATION: Printer<ClientVerification, ServerContext> = from(
  'auth-tls-secret',
  ({ secret, caPem, crlPem, verifyClient, verifyDepth, errorPage }, { server: { sources } }) => {
    const ca = fileOf(secret, 'ca', caPem);
    const lines: Line[] = [
      { text: `ssl_client_certificate ${ca.path};`, file: ca },
      { text: `ssl_verify_client ${verifyClient};`, settings: ['auth-tls-verify-client'] },
      { text: `ssl_verify_depth ${verifyDepth};`, settings: ['auth-tls-verify-depth'] },
    ];
    if (crlPem !== '')
      lines.push({ text: `ssl_crl ${fileOf(secret, 'crl', crlPem).path};`, file: fileOf(secret, 'crl', crlPem) });
    if (errorPage !== '') lines.push({ text: `error_page 495 496 = ${errorPage};`, settings: ['auth-tls-error-page'] });
    return lines.map((line) => ({ ...line, source: sources?.clientVerification }));
  },
);

function fileOf(secret: string, kind: string, pem: string) {
  return { path: `ssl/${kind}-${secret}.pem`, content: `${pem.trimEnd()}\n`, isSecret: false };
}

/** What pods are told of the client's certificate. */
export function printClientHeaders({ server }: LocationContext): Conf[] {
  const verification = server.directives.clientVerification;
  if (verification === undefined) return [];
  const settings = ['auth-tls-secret'];
  const set = (name: string, variable: string, own = settings) => ({
    text: `proxy_set_header ${name} ${variable};`,
    settings: own,
  });
  return [
    set('ssl-client-verify', '$ssl_client_verify'),
    set('ssl-client-subject-dn', '$ssl_client_s_dn'),
    set('ssl-client-issuer-dn', '$ssl_client_i_dn'),
    ...(verification.passCertificate
      ? [set('ssl-client-cert', '$ssl_client_escaped_cert', ['auth-tls-pass-certificate-to-upstream'])]
      : []),
  ];
}
