import type { LocationDirectives } from '../directives.ts';
import type { Conf, ConfFile } from './conf.ts';
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
  if (backendProtocol === 'FCGI') return [FASTCGI_PARAMS, `fastcgi_pass ${backend};`];
  if (backendProtocol.startsWith('GRPC')) return [`grpc_pass ${backendProtocol.toLowerCase()}://${backend};`];
  const scheme = backendProtocol === 'AUTO_HTTP' ? '$scheme' : backendProtocol.toLowerCase();
  return [`proxy_pass ${scheme}://${backend};`, ...proxyRedirect(directives)];
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
  content: [
    'QUERY_STRING $query_string',
    'REQUEST_METHOD $request_method',
    'CONTENT_TYPE $content_type',
    'CONTENT_LENGTH $content_length',
    'SCRIPT_NAME $fastcgi_script_name',
    'REQUEST_URI $request_uri',
    'DOCUMENT_URI $document_uri',
    'DOCUMENT_ROOT $document_root',
    'SERVER_PROTOCOL $server_protocol',
    'REQUEST_SCHEME $scheme',
    'HTTPS $https if_not_empty',
    'GATEWAY_INTERFACE CGI/1.1',
    'SERVER_SOFTWARE nginx/$nginx_version',
    'REMOTE_ADDR $remote_addr',
    'REMOTE_PORT $remote_port',
    'SERVER_ADDR $server_addr',
    'SERVER_PORT $server_port',
    'SERVER_NAME $server_name',
    'REDIRECT_STATUS 200',
  ]
    .map((pair) => `fastcgi_param ${pair};\n`)
    .join(''),
  isSecret: false,
});

const FASTCGI_PARAMS: Conf = Object.freeze({ text: 'include fastcgi_params;', file: FASTCGI_FILE });
