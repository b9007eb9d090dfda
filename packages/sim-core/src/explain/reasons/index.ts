import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import type { Scene } from '../scene.ts';
import { accessDenied, authRequest, blocked, unauthorized } from './access.ts';
import { noFastcgi, noHttp2, passedThrough, tlsCertificate, tlsHandshake } from './backend-protocol.ts';
import {
  certificateError,
  certificateMissing,
  clientName,
  misdirected,
  verificationError,
} from './client-certificate.ts';
import { badRequest, headersTooLarge, methodNotAllowed, plainHttpToHttps, uriTooLong } from './head.ts';
import { bodyTooLarge, rateLimited, requestTimeout, tooManyConnections } from './limits.ts';
import { corsPreflight, defaultBackend, denied, internalError } from './locations.ts';
import { PHASE_ORDER, type Phase, type ReasonWords } from './reason-words.ts';
import { appRoot, autoRedirect, fixedReturn, forceSslRedirect, signin, sslRedirect, wwwRedirect } from './redirects.ts';
import { clientClosed, connectTimeout, headTooLarge, noEndpoints, readTimeout, refused, reset } from './upstream.ts';

/** What is said of every reason; a new one is not complete without its words. */
export const REASONS: Readonly<Record<Reason, ReasonWords>> = Object.freeze({
  'bad-request': badRequest,
  'method-not-allowed': methodNotAllowed,
  'uri-too-long': uriTooLong,
  'headers-too-large': headersTooLarge,
  'plain-http-to-https': plainHttpToHttps,
  'body-too-large': bodyTooLarge,
  'request-timeout': requestTimeout,
  denied,
  'auto-redirect': autoRedirect,
  return: fixedReturn,
  'ssl-redirect': sslRedirect,
  'force-ssl-redirect': forceSslRedirect,
  'no-endpoints': noEndpoints,
  'default-backend': defaultBackend,
  refused,
  'connect-timeout': connectTimeout,
  'read-timeout': readTimeout,
  'head-too-large': headTooLarge,
  reset,
  'tls-handshake': tlsHandshake,
  'tls-certificate': tlsCertificate,
  'no-http2': noHttp2,
  'no-fastcgi': noFastcgi,
  'passed-through': passedThrough,
  'client-closed': clientClosed,
  'app-root': appRoot,
  'www-redirect': wwwRedirect,
  'cors-preflight': corsPreflight,
  'rate-limited': rateLimited,
  'too-many-connections': tooManyConnections,
  'access-denied': accessDenied,
  blocked,
  unauthorized,
  'auth-request': authRequest,
  signin,
  misdirected,
  'client-certificate-missing': certificateMissing,
  'client-certificate-error': certificateError,
  'client-name': clientName,
  'client-verification-error': verificationError,
  'internal-error': internalError,
});

/** Words for why nginx answered by itself, or no pod did; undefined where one answered. */
export function reasonOf({ record }: Scene): ReasonWords | undefined {
  return record.reason && REASONS[record.reason];
}

/** Whether a request came as far as a phase, or ended there. */
export function reached(scene: Scene, phase: Phase): boolean {
  const { reason } = scene.walked?.answer ?? scene.record;
  const last = scene.record.reason ?? reason;
  return last === undefined || PHASE_ORDER.indexOf(REASONS[last].phase) >= PHASE_ORDER.indexOf(phase);
}
