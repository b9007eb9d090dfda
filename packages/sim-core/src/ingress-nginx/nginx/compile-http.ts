import { AddressList, isNetwork } from './cidr.ts';
import type { HttpDirectives } from './directives.ts';
import { compileExpression, type Expression } from './expression.ts';
import { compileLogFormat } from './log-format.ts';
import { compileMap, type Listed } from './map.ts';
import { readRawWords, refuseNext } from './raw-words.ts';

/** What `http` sets, ready made for the request path; undefined for what is not used. */
export interface CompiledHttp {
  /** Lower-case names of a pod's headers that nginx keeps to itself. */
  readonly hidden: ReadonlySet<string>;
  /** Who may say for whom it asks. */
  readonly trusted: AddressList | undefined;
  /** Name of `forwarded-for-header` as a variable, where it is not the usual one. */
  readonly forwardedForVariable: string | undefined;
  readonly blockedAgents: Listed | undefined;
  readonly blockedReferers: Listed | undefined;
  /** What limits count by, where it is not the address. */
  readonly limitKey: Expression | undefined;
  /** Lines of the access log, where they are not the usual ones. */
  readonly logFormat: Expression | undefined;
  readonly unlogged: Listed | undefined;
}

/**
 * @param limits whether some location limits its clients: only then something is counted
 * @throws Error in nginx's words for what it would refuse
 */
export function compileHttp(http: HttpDirectives, limits = true): CompiledHttp {
  refuse(http);
  const header = http.forwardedForHeader.toLowerCase().replaceAll('-', '_');
  refuseHeader(header);
  return {
    hidden: hiddenHeaders(http),
    trusted: http.useForwardedHeaders || http.enableRealIp ? new AddressList(http.proxyRealIpCidr) : undefined,
    forwardedForVariable: header === 'x_forwarded_for' ? undefined : header,
    blockedAgents: compileMap(http.blockUserAgents),
    blockedReferers: compileMap(http.blockReferers),
    limitKey:
      !limits || ADDRESS.has(http.limitConnZoneVariable) ? undefined : compileExpression(http.limitConnZoneVariable),
    logFormat: compileLogFormat(http.logFormat),
    unlogged: compileMap(http.skipAccessLogUrls),
  };
}

const ADDRESS: ReadonlySet<string> = new Set(['$binary_remote_addr', '$remote_addr']);

/** Values with which nginx does not start. */
function refuse(http: HttpDirectives): void {
  const { clientHeaderBufferSize, largeClientHeaderBuffers } = http;
  if (!(clientHeaderBufferSize > 0)) emerg('"client_header_buffer_size" directive invalid value');
  if (!(largeClientHeaderBuffers.size > 0)) emerg('"large_client_header_buffers" directive invalid value');
  if (http.keepAlive < 0) emerg('"keepalive_timeout" directive invalid value');
  if (http.keepAliveRequests < 0) emerg('"keepalive_requests" directive invalid number');
  if (http.clientBodyTimeout < 0) emerg('"client_body_timeout" directive invalid value');
  for (const [name, status] of [
    ['limit_req_status', http.limitReqStatusCode],
    ['limit_conn_status', http.limitConnStatusCode],
  ] as const) {
    if (status < 0) emerg(`"${name}" directive invalid number`);
    if (status < 400 || status > 599) emerg('value must be between 400 and 599');
  }
  for (const cidr of http.blockCidrs) refuseCidr(cidr);
  for (const name of http.hideHeaders) oneWord('proxy_hide_header', name);
}

/** The header stands as a variable in a line of its own. */
function refuseHeader(header: string): void {
  const read = readRawWords('proxy_set_header', `$http_${header}`);
  if (read.words.length > 1) emerg('invalid number of arguments in "proxy_set_header" directive');
  compileExpression(read.words[0] ?? '');
  refuseNext(read);
}

/** `deny` with what stands between two commas. */
function refuseCidr(text: string): void {
  const cidr = oneWord('deny', text);
  if (cidr !== 'all' && !isNetwork(cidr)) emerg(`invalid parameter "${cidr}"`);
}

/** What a directive of one parameter reads in a value that is written as it is. */
function oneWord(directive: string, text: string): string {
  const read = readRawWords(directive, text);
  const [word = '', ...more] = read.words;
  if (word === '' || more.length > 0) emerg(`invalid number of arguments in "${directive}" directive`);
  refuseNext(read);
  return word;
}

function emerg(reason: string): never {
  throw new Error(`nginx: [emerg] ${reason}`);
}

/** ngx_http_proxy_hide_headers, ngx_http_upstream_headers_in */
const HIDDEN: readonly string[] = Object.freeze([
  'server',
  'date',
  'x-pad',
  'x-accel-expires',
  'x-accel-redirect',
  'x-accel-limit-rate',
  'x-accel-buffering',
  'x-accel-charset',
  'connection',
  'keep-alive',
  'transfer-encoding',
]);

function hiddenHeaders({ allowBackendServerHeader, hideHeaders }: HttpDirectives): ReadonlySet<string> {
  const names = new Set(HIDDEN);
  if (allowBackendServerHeader) names.delete('server');
  for (const name of hideHeaders) names.add(name.toLowerCase());
  return names;
}
