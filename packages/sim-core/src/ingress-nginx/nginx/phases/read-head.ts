import { type Answer, BAD_REQUEST, METHOD_NOT_ALLOWED, PLAIN_HTTP_TO_HTTPS } from '../answer.ts';
import { headerLineLength, headTooLarge, requestLineLength } from '../head-limits.ts';
import {
  HEADER_CONTENT_LENGTH,
  HEADER_HOST,
  HEADER_TRANSFER_ENCODING,
  HEADER_UPGRADE,
  HEADER_X_FORWARDED_FOR,
  HEADER_X_FORWARDED_HOST,
  HEADER_X_FORWARDED_PORT,
  HEADER_X_FORWARDED_PROTO,
  HEADER_X_REQUEST_ID,
} from '../header-names.ts';
import { parseHost } from '../host.ts';
import { clientAddress } from '../real-ip.ts';
import type { RequestContext } from '../request-context.ts';
import { parseUri } from '../uri.ts';

/** Reads what later phases ask of the request's head (ngx_http_request.c): one pass over the headers. */
export function readHead(context: RequestContext): Answer | undefined {
  const { request, running } = context;
  if (request.memo?.recall(context) === true) return undefined;
  const isReadable = readHeaders(context);
  if (context.headLength > running.http.clientHeaderBufferSize) {
    const tooLarge = headTooLarge(request, running.http);
    if (tooLarge !== undefined) return tooLarge;
  }
  if (!isReadable) return BAD_REQUEST;
  const { trusted } = running.compiledHttp;
  context.remoteAddr = trusted === undefined ? request.remoteAddress : clientAddress(context, trusted);
  const uri = parseUri(request.url);
  if (uri === undefined) return BAD_REQUEST;
  context.path = uri.path;
  context.args = uri.args;
  if (request.method === 'TRACE' || request.method === 'CONNECT') return METHOD_NOT_ALLOWED;
  if (request.scheme !== undefined && request.scheme !== context.scheme) return PLAIN_HTTP_TO_HTTPS;
  request.memo?.remember(context);
  return undefined;
}

/** False for a head that nginx refuses: no host, two hosts, a host or a length that is none, a header twice that stands once. */
function readHeaders(context: RequestContext): boolean {
  const { headers } = context.request;
  const { names } = context.running;
  let hosts = 0;
  let once = 0;
  let twice = 0;
  let length = requestLineLength(context.request) + 2;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    const value = headers[i + 1] as string;
    const { code, onceBit } = names.of(name);
    length += headerLineLength(name, value);
    twice |= once & onceBit;
    once |= onceBit;
    if (code <= 0) continue;
    if (code === HEADER_HOST) hosts++;
    readHeader(context, code, value);
  }
  context.headLength = length;
  if (hosts > 1 || twice !== 0 || Number.isNaN(context.contentLength)) return false;
  if (hosts === 0 && context.request.httpVersion >= '1.1') return false;
  const host = hosts === 0 || context.httpHost === '' ? '' : parseHost(context.httpHost);
  context.host = host ?? '';
  return host !== undefined && (host !== '' || context.request.httpVersion < '1.1');
}

function readHeader(context: RequestContext, code: number, value: string): void {
  switch (code) {
    case HEADER_HOST:
      context.httpHost = value;
      return;
    case HEADER_CONTENT_LENGTH:
      context.contentLength = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      return;
    case HEADER_TRANSFER_ENCODING:
      context.chunked = true;
      return;
    case HEADER_UPGRADE:
      context.upgrade = value;
      return;
    case HEADER_X_REQUEST_ID:
      context.requestId = value;
      return;
    case HEADER_X_FORWARDED_FOR:
      context.forwardedFor = context.forwardedFor === '' ? value : `${context.forwardedFor}, ${value}`;
      return;
    case HEADER_X_FORWARDED_HOST:
      context.forwardedHost = value;
      return;
    case HEADER_X_FORWARDED_PORT:
      context.forwardedPort = value;
      return;
    case HEADER_X_FORWARDED_PROTO:
      context.forwardedProto = value;
      return;
    default:
  }
}
