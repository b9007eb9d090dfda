import { escapeComponent } from './escape.ts';
import type { RequestContext } from './request-context.ts';

/** What is wrong with the client's certificate; '' for nothing, or for none. */
export function verifyError({ request, server }: RequestContext): string {
  const { clientCertificate } = request;
  if (clientCertificate === undefined || clientCertificate.error !== '') return clientCertificate?.error ?? '';
  const depth = server?.server.directives.clientVerification?.verifyDepth ?? Number.POSITIVE_INFINITY;
  return clientCertificate.intermediates > depth ? 'certificate chain too long' : '';
}

/** `$ssl_client_verify`: NONE, SUCCESS, or FAILED with the reason; '' on plain http (ngx_ssl_get_client_verify). */
export function sslClientVerify(context: RequestContext): string {
  if (context.scheme !== 'https') return '';
  if (context.request.clientCertificate === undefined) return 'NONE';
  const error = verifyError(context);
  return error === '' ? 'SUCCESS' : `FAILED:${error}`;
}

/** `$ssl_client_escaped_cert` */
export function sslClientEscapedCert({ request }: RequestContext): string {
  const { clientCertificate } = request;
  return clientCertificate === undefined ? '' : escapeComponent(clientCertificate.pem);
}

/** Headers that pods and auth services get of a server that asks for certificates, in place of the client's own. */
export const CLIENT_HEADERS: readonly string[] = Object.freeze([
  'ssl-client-verify',
  'ssl-client-subject-dn',
  'ssl-client-issuer-dn',
  'ssl-client-cert',
]);

/** Appends those that have a value (nginx.tmpl). */
export function pushClientHeaders(context: RequestContext, headers: string[], passCertificate: boolean): void {
  const { clientCertificate } = context.request;
  const verify = sslClientVerify(context);
  if (verify !== '') headers.push('ssl-client-verify', verify);
  if (clientCertificate === undefined) return;
  headers.push('ssl-client-subject-dn', clientCertificate.subject, 'ssl-client-issuer-dn', clientCertificate.issuer);
  if (passCertificate) headers.push('ssl-client-cert', sslClientEscapedCert(context));
}
