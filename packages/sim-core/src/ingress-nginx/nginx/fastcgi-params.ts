import { compileExpression, type Expression } from './expression.ts';

/** A parameter that is passed on, and whether it is left out while it is empty. */
export interface FastcgiParam {
  readonly name: string;
  readonly value: string;
  readonly ifNotEmpty?: boolean;
}

/** What comes with nginx as `fastcgi_params` (conf/fastcgi_params). */
export const FASTCGI_PARAMS: readonly FastcgiParam[] = Object.freeze([
  { name: 'QUERY_STRING', value: '$query_string' },
  { name: 'REQUEST_METHOD', value: '$request_method' },
  { name: 'CONTENT_TYPE', value: '$content_type' },
  { name: 'CONTENT_LENGTH', value: '$content_length' },
  { name: 'SCRIPT_NAME', value: '$fastcgi_script_name' },
  { name: 'REQUEST_URI', value: '$request_uri' },
  { name: 'DOCUMENT_URI', value: '$document_uri' },
  { name: 'DOCUMENT_ROOT', value: '$document_root' },
  { name: 'SERVER_PROTOCOL', value: '$server_protocol' },
  { name: 'REQUEST_SCHEME', value: '$scheme' },
  { name: 'HTTPS', value: '$https', ifNotEmpty: true },
  { name: 'GATEWAY_INTERFACE', value: 'CGI/1.1' },
  { name: 'SERVER_SOFTWARE', value: 'nginx/$nginx_version' },
  { name: 'REMOTE_ADDR', value: '$remote_addr' },
  { name: 'REMOTE_PORT', value: '$remote_port' },
  { name: 'SERVER_ADDR', value: '$server_addr' },
  { name: 'SERVER_PORT', value: '$server_port' },
  { name: 'SERVER_NAME', value: '$server_name' },
  { name: 'REDIRECT_STATUS', value: '200' },
]);

/** A parameter, ready to be worked out. */
export interface CompiledParam {
  readonly name: string;
  readonly value: Expression;
  readonly ifNotEmpty: boolean;
}

/** nginx's own, then those of a location. @throws Error in nginx's words for a variable that nobody knows */
export function compileFastcgiParams(flat: readonly string[]): CompiledParam[] {
  const own = flat.flatMap((name, i) => (i % 2 === 0 ? [{ name, value: flat[i + 1] ?? '' }] : []));
  return [...FASTCGI_PARAMS, ...own].map(({ name, value, ifNotEmpty = false }: FastcgiParam) => ({
    name,
    value: compileExpression(value),
    ifNotEmpty,
  }));
}
