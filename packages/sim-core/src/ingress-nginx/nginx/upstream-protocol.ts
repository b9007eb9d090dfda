import { speaksTls, type TlsSession, type Workload } from '../../workloads/workload.ts';
import type { Reason } from './answer.ts';
import type { BackendProtocol } from './directives.ts';
import type { CompiledProxySsl } from './proxy-ssl.ts';
import type { RequestContext } from './request-context.ts';
import { distrust } from './upstream-certificate.ts';

/** Why nginx and a pod do not understand each other. */
export interface Misunderstanding {
  readonly reason: Reason;
  /** What nginx writes into its error log. */
  readonly message: string;
}

const HANDSHAKING = 'while SSL handshaking to upstream';
const NO_TLS: Misunderstanding = Object.freeze({
  reason: 'tls-handshake',
  message: `SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) ${HANDSHAKING}`,
});
const NO_PROTOCOL: Misunderstanding = Object.freeze({
  reason: 'tls-handshake',
  message: `SSL_do_handshake() failed (SSL: error:0A0000BF:SSL routines::no protocols available) ${HANDSHAKING}`,
});
/** `HTT`, the first bytes of an answer in HTTP/1, read as the length of a frame (ngx_http_grpc_module.c). */
const NO_HTTP2: Misunderstanding = Object.freeze({
  reason: 'no-http2',
  message: 'upstream sent too large http2 frame: 4740180 while reading response header from upstream',
});
/** `H`, the first byte of an answer in HTTP/1, is no version of FastCGI (ngx_http_fastcgi_module.c). */
const NO_FASTCGI: Misunderstanding = Object.freeze({
  reason: 'no-fastcgi',
  message: 'upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream',
});

const NAMELESS: TlsSession = Object.freeze({ serverName: '' });

/** Protocol that a request is passed on in: a page for an error is always asked for by HTTP (nginx.tmpl, CUSTOM_ERRORS). */
export function protocolOf(context: RequestContext): BackendProtocol {
  if (context.errorCode !== 0) return 'HTTP';
  const protocol = context.location?.location.directives.backendProtocol ?? 'HTTP';
  return protocol === 'AUTO_HTTP' ? (context.scheme === 'https' ? 'HTTPS' : 'HTTP') : protocol;
}

/** Whether a protocol of this name is one of TLS. */
export function isTls(protocol: BackendProtocol): boolean {
  return protocol === 'HTTPS' || protocol === 'GRPCS';
}

/** What keeps nginx and a pod from understanding each other; undefined for nothing. */
export function misunderstanding(
  context: RequestContext,
  protocol: BackendProtocol,
  workload: Workload,
): Misunderstanding | undefined {
  if (isTls(protocol)) {
    const refused = refusedHandshake(context, protocol, workload);
    if (refused !== undefined) return refused;
  }
  if (protocol === 'FCGI') return workload.fastcgi === undefined ? NO_FASTCGI : undefined;
  if (!protocol.startsWith('GRPC')) return undefined;
  return workload.grpc === undefined || (protocol === 'GRPC' && speaksTls(workload)) ? NO_HTTP2 : undefined;
}

/** `proxy_ssl_…` says nothing of gRPC, which has directives of its own that the template does not write. */
function refusedHandshake(
  { location, running }: RequestContext,
  protocol: BackendProtocol,
  workload: Workload,
): Misunderstanding | undefined {
  if (!speaksTls(workload)) return NO_TLS;
  const ssl = protocol === 'HTTPS' ? location?.proxySsl : undefined;
  if (ssl === undefined) return undefined;
  if (!ssl.protocols.some((each) => each === 'TLSv1.2' || each === 'TLSv1.3')) return NO_PROTOCOL;
  if (ssl.caPem === '') return undefined;
  const message = distrust(workload.certificate ?? '', ssl, running.clock.now(), running.certificateReader);
  return message === '' ? undefined : { reason: 'tls-certificate', message: `${message} ${HANDSHAKING}` };
}

/** What a pod hears in the handshake; undefined without TLS. */
export function sessionWith({ location, running }: RequestContext, protocol: BackendProtocol): TlsSession | undefined {
  if (!isTls(protocol)) return undefined;
  const ssl = protocol === 'HTTPS' ? location?.proxySsl : undefined;
  return ssl === undefined ? NAMELESS : sessionOf(ssl, running.certificateReader.parse(ssl.certPem)?.commonName ?? '');
}

/** Addresses are no server names (ngx_http_upstream_ssl_name). */
function sessionOf({ name, namesServer, certPem }: CompiledProxySsl, commonName: string): TlsSession {
  const serverName = namesServer && !/^(\[|[\d.]+$)/.test(name) ? name : '';
  return certPem === ''
    ? { serverName }
    : { serverName, client: { certificate: certPem, subject: `CN=${commonName}` } };
}
