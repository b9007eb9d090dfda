import { type Answer, INTERNAL_ERROR } from '../answer.ts';
import { isForgivenByNoCa } from '../client-certificate.ts';
import { verifyError } from '../client-verify.ts';
import type { CompiledServer } from '../compile.ts';
import type { ClientVerification } from '../directives.ts';
import { escapePath } from '../escape.ts';
import type { RequestContext } from '../request-context.ts';
import { serverNamed } from './find-server.ts';

/**
 * Whether the client showed a certificate that the server takes (ngx_http_process_request, ngx_http_set_virtual_server): 496
 * without one, 495 with a wrong one, both sent as 400; 421 where the handshake was with another server, which may have
 * asked for other certificates or none.
 */
export function verifyClient(context: RequestContext): Answer | undefined {
  const verification = (context.server as CompiledServer).server.directives.clientVerification;
  if (verification === undefined || verification.verifyClient === 'off' || context.scheme !== 'https') return undefined;
  if (isMisdirected(context)) return MISDIRECTED;
  const error = verifyError(context);
  if (error !== '' && !(verification.verifyClient === 'optional_no_ca' && isForgivenByNoCa(error)))
    return refused(context, CERTIFICATE_ERROR, verification);
  if (verification.verifyClient === 'on' && context.request.clientCertificate === undefined)
    return refused(context, NO_CERTIFICATE, verification);
  return undefined;
}

const MISDIRECTED: Answer = Object.freeze({ status: 421, reason: 'misdirected' });
const CERTIFICATE_ERROR: Answer = Object.freeze({ status: 495, reason: 'client-certificate-error' });
const NO_CERTIFICATE: Answer = Object.freeze({ status: 496, reason: 'client-certificate-missing' });

/** A name that no server has counts as none. */
function isMisdirected({ request, host, running }: RequestContext): boolean {
  const sni = (request.sni ?? '').replace(/\.$/, '').toLowerCase();
  return sni !== '' && sni !== host && serverNamed(running.table, sni) !== undefined;
}

/** The page, or what `error_page 495 496 =` says (ngx_http_send_error_page); the connection ends with it. */
function refused(context: RequestContext, answer: Answer, { errorPage }: ClientVerification): Answer | undefined {
  if (errorPage === '') return answer;
  if (errorPage.startsWith('@')) return INTERNAL_ERROR;
  if (!errorPage.startsWith('/'))
    return { status: 302, location: errorPage, reason: answer.reason, headers: ['Connection', 'close'] };
  // Inside nginx the request is another one from here on.
  const { request } = context;
  context.request = { ...request, method: request.method === 'HEAD' ? 'HEAD' : 'GET' };
  context.path = errorPage;
  context.args = undefined;
  context.upstreamUri = escapePath(errorPage);
  return undefined;
}
