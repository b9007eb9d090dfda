import type { LocationDirectives } from '../directives.ts';
import { FASTCGI_PARAMS } from '../fastcgi-params.ts';
import { type Conf, type ConfFile, pairs, quote } from './conf.ts';
import type { LocationContext } from './printing.ts';

/** Where Lua finds no endpoint it answers before anybody is asked who they are (balancer.lua, rewrite). */
export function unavailable({ location, printing }: LocationContext): Conf[] {
  const { backend, directives } = location;
  if (directives.denied !== undefined || directives.return !== undefined) return [];
  const upstream = printing.configuration.upstreams.find(({ name }) => name === backend);
  return upstream === undefined || upstream.endpoints.length === 0 ? ['# lua: no endpoints', 'return 503;'] : [];
}

/** Where the real template has one upstream for all, `upstream_balancer`, and Lua chooses; here each has its own. */
export function proxyPass({ location, printing }: LocationContext): Conf[] {
  const { backend, directives } = location;
  if (!printing.configuration.upstreams.some(({ name }) => name === backend)) return [];
  const { backendProtocol } = directives;
  const params = fastcgi(directives);
  if (backendProtocol === 'FCGI') return [...params, `fastcgi_pass ${backend};`];
  if (backendProtocol.startsWith('GRPC'))
    return [...params, `grpc_pass ${backendProtocol.toLowerCase()}://${backend};`];
  const scheme = backendProtocol === 'AUTO_HTTP' ? '$scheme' : backendProtocol.toLowerCase();
  return [...params, `proxy_pass ${scheme}://${backend};`, ...proxyRedirect(directives)];
}

/** Behind proxy_pass; `off` and `default` take no second parameter (nginx.tmpl). */
function proxyRedirect({ proxyRedirectFrom: from, proxyRedirectTo: to }: LocationDirectives): Conf[] {
  const settings = ['proxy-redirect-from', 'proxy-redirect-to'];
  if (from === 'off' || from === 'default') return [{ text: `proxy_redirect ${from};`, settings }];
  return to === 'off' ? [] : [{ text: `proxy_redirect ${from} ${to};`, settings }];
}

/** What comes with nginx under this name. */
const FASTCGI_FILE: ConfFile = Object.freeze({
  path: 'fastcgi_params',
  content: FASTCGI_PARAMS.map(
    ({ name, value, ifNotEmpty }) => `fastcgi_param ${name} ${value}${ifNotEmpty === true ? ' if_not_empty' : ''};\n`,
  ).join(''),
  isSecret: false,
});

/** The template writes index and parameters whatever is spoken (nginx.tmpl). */
function fastcgi({ backendProtocol, fastcgiIndex, fastcgiParams }: LocationDirectives): Conf[] {
  const settings = ['fastcgi-params-configmap'];
  return [
    ...(backendProtocol === 'FCGI' ? [{ text: 'include fastcgi_params;', file: FASTCGI_FILE }] : []),
    ...(fastcgiIndex === '' ? [] : [{ text: `fastcgi_index ${quote(fastcgiIndex)};`, settings: ['fastcgi-index'] }]),
    ...pairs(fastcgiParams).map(([name, value]) => ({ text: `fastcgi_param ${name} ${quote(value)};`, settings })),
  ];
}
