import { formatTime } from '../../sim/clock.ts';
import { formatLogTime } from '../../workloads/calendar.ts';
import { DEFAULT_LOG_FORMAT, type LogFormat } from './directives.ts';
import { type Expression, malformedVariable } from './expression.ts';
import type { RequestContext } from './request-context.ts';
import { toBytes } from './uri.ts';
import { variableOf } from './variable-values.ts';
import { httpVariable } from './variables.ts';

/** Undefined: there is none, which the log shows as `-`. */
type Value = (context: RequestContext) => string | undefined;

/** One try of a request, as the log lists it. */
export interface LoggedTry {
  readonly address: string;
  readonly length: number;
  readonly time: number;
  readonly status: number;
}

/** What of a request tells of its tries. */
export type Tried = Pick<
  RequestContext,
  'endpoint' | 'attempts' | 'tries' | 'bytesSent' | 'upstreamTime' | 'upstreamStatus'
>;

/** Every try of a request, the last one at the end. */
export function triesOf({ endpoint, attempts, tries, bytesSent, upstreamTime, upstreamStatus }: Tried): LoggedTry[] {
  const all = (attempts ?? []).map(({ endpoint: address, time, status }) => ({ address, length: 0, time, status }));
  if (endpoint === undefined || all.length >= tries) return all;
  const address = `${endpoint.address}:${endpoint.port}`;
  return [...all, { address, length: bytesSent, time: upstreamTime, status: upstreamStatus }];
}

/** Milliseconds as seconds. */
export function logSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

const eachTry = (show: (one: LoggedTry) => string | number): Value => {
  return (context) => (context.endpoint === undefined ? undefined : triesOf(context).map(show).join(', '));
};

const bodyLength = ({ contentLength }: RequestContext) => Math.max(0, contentLength);

/** Variables that only the log has, or that have no value there at times. */
const LOG_VALUES: Readonly<Record<string, Value>> = Object.freeze<Record<string, Value>>({
  time_local: ({ startedAt, duration }) => formatLogTime(startedAt + duration),
  time_iso8601: ({ startedAt, duration }) => `${formatTime(startedAt + duration).slice(0, 19)}+00:00`,
  msec: ({ startedAt, duration }) => logSeconds(startedAt + duration),
  request: ({ request }) => `${request.method} ${request.url} HTTP/${request.httpVersion}`,
  status: ({ status }) => String(status),
  body_bytes_sent: ({ bytesSent }) => String(bytesSent),
  bytes_sent: ({ bytesSent }) => String(bytesSent),
  request_length: (context) => String(context.headLength + bodyLength(context)),
  request_time: ({ duration }) => logSeconds(duration),
  remote_user: ({ remoteUser }) => remoteUser || undefined,
  args: ({ args }) => args,
  query_string: ({ args }) => args,
  req_id: ({ requestId }) => requestId || undefined,
  proxy_alternative_upstream_name: ({ toCanary, balancer }) => (toCanary ? (balancer?.upstream.name ?? '') : ''),
  upstream_addr: eachTry(({ address }) => address),
  upstream_response_length: eachTry(({ length }) => length),
  upstream_bytes_received: eachTry(({ length }) => length),
  upstream_response_time: eachTry(({ time }) => logSeconds(time)),
  upstream_status: eachTry(({ status }) => status || '-'),
});

/** @returns undefined for the format that there is anyway; @throws Error in nginx's words for a variable that nobody knows */
export function compileLogFormat({ text, escape: style }: LogFormat): Expression | undefined {
  if (text === DEFAULT_LOG_FORMAT.text && style === 'default') return undefined;
  refuseMalformed(text);
  const parts = text.split(/(\$\{\w+\}|\$\w+)/).map((part) => {
    const [, name] = /^\$\{?(\w+)\}?$/.exec(part) ?? [];
    return name === undefined ? part : escaped(logValue(name), style);
  });
  return (context) => parts.map((part) => (typeof part === 'string' ? part : part(context))).join('');
}

/** @throws Error in nginx's words for a `$` that begins no variable (ngx_http_log_compile_format) */
function refuseMalformed(text: string): void {
  const malformed = malformedVariable(text);
  if (malformed === undefined) return;
  if (malformed !== 'invalid variable name') throw new Error(`nginx: [emerg] ${malformed}`);
  throw new Error(`nginx: [emerg] invalid parameter "${text.slice(text.search(/\$(\{?\}|\{$|[^\w{]|$)/))}"`);
}

function logValue(written: string): Value {
  const name = written.toLowerCase();
  const own = LOG_VALUES[name];
  if (own !== undefined) return own;
  if (name.startsWith('http_')) {
    const header = name.slice('http_'.length);
    return ({ request, running }) => httpVariable(request.headers, header, running.names);
  }
  const value = variableOf(name);
  if (value === undefined) throw new Error(`nginx: [emerg] unknown "${name}" variable`);
  return /^(cookie|arg)_/.test(name) ? (context) => value(context) || undefined : value;
}

function escaped(value: Value, style: LogFormat['escape']): Expression {
  if (style === 'none') return (context) => value(context) ?? '';
  if (style === 'json') return (context) => JSON.stringify(value(context) ?? '').slice(1, -1);
  return (context) => {
    const text = value(context);
    return text === undefined ? '-' : escapeForLog(text);
  };
}

/** Quotes, backslashes and what is no ASCII as `\xXX`, byte by byte (ngx_http_log_escape). */
export function escapeForLog(text: string): string {
  const bytes = BEYOND_BYTES.test(text) ? toBytes(text) : text;
  return bytes.replace(TO_ESCAPE, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

const TO_ESCAPE = /["\\]|[^ -~]/g;
const BEYOND_BYTES = /[^\0-\xff]/;
