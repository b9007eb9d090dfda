import type { LocationDirectives } from './directives.ts';
import { readRawWords, refuseNext } from './raw-words.ts';

/** What nginx counts bytes in: 63 bits (ngx_parse_offset). */
const MOST_BYTES = 2 ** 63;
const NEXT_UPSTREAM = /^(error|timeout|invalid_header|non_idempotent|updating|off|http_(403|404|429|500|502|503|504))$/;

/**
 * Refuses values of a location's directives with which nginx does not start (ngx_http_core_error_page,
 * ngx_conf_set_bitmask_slot, ngx_http_limit_conn).
 * @throws Error in nginx's words
 */
export function refuseValues(directives: LocationDirectives): void {
  const { proxyNextUpstream, customHttpErrors, limitConn, clientMaxBodySize } = directives;
  if (limitConn !== undefined && limitConn.connections > 65_535) refuse('connection limit must be less 65536');
  if (clientMaxBodySize >= MOST_BYTES) refuse('"client_max_body_size" directive invalid value');
  const read = readRawWords('proxy_next_upstream', proxyNextUpstream.text);
  const { words } = read;
  if (words.length === 0) refuse('invalid number of arguments in "proxy_next_upstream" directive');
  const unknown = words.find((word) => !NEXT_UPSTREAM.test(word));
  if (unknown !== undefined) refuse(`invalid value "${unknown}"`);
  refuseNext(read);
  for (const code of customHttpErrors) {
    if (code === 499) refuse(`invalid value "${code}"`);
    if (code < 300 || code > 599) refuse(`value "${code}" must be between 300 and 599`);
  }
}

function refuse(reason: string): never {
  throw new Error(`nginx: [emerg] ${reason}`);
}
