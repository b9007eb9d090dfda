import type { Cors } from '../directives.ts';
import { block, type Conf, quote, quoteLiteral } from './conf.ts';
import { from, type Printer } from './printer.ts';
import type { LocationContext } from './printing.ts';

/** Headers, with the variable that a location sets, and the annotation. */
const HEADERS: readonly (readonly [header: string, variable: string, setting: string])[] = Object.freeze([
  ['Access-Control-Allow-Origin', 'cors_allow_origin', 'cors-allow-origin'],
  ['Access-Control-Allow-Credentials', 'cors_allow_credentials', 'cors-allow-credentials'],
  ['Access-Control-Allow-Methods', 'cors_allow_methods', 'cors-allow-methods'],
  ['Access-Control-Allow-Headers', 'cors_allow_headers', 'cors-allow-headers'],
  ['Access-Control-Expose-Headers', 'cors_expose_headers', 'cors-expose-headers'],
  ['Access-Control-Max-Age', 'cors_max_age', 'cors-max-age'],
]);

/**
 * Where the template has `more_set_headers` in `if` blocks, stock nginx has variables: a location sets them, and what an
 * origin that may not ask gets is the pod's own header.
 */
export const CORS: Printer<Cors, LocationContext> = from('enable-cors', (cors) => [...decide(cors), ...answer(cors)], {
  http: () => [
    ...HEADERS.map(([header, variable]) =>
      block(`map $cors $${variable}_header`, [
        `default $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`,
        `~^true $${variable};`,
      ]),
    ),
    block('map $cors $cors_content_type', ["default '';", 'trueoptions "text/plain charset=UTF-8";']),
  ],
});

/** Whether the origin may ask; a preflight is answered at once. */
function decide({ allowOrigin }: Cors): Conf[] {
  const settings = ['cors-allow-origin'];
  const isAny = allowOrigin.length === 1 && allowOrigin[0] === '*';
  const origins = `(?:${allowOrigin.map(originPattern).join('|')})$`;
  return [
    { text: `set $cors '${isAny ? 'true' : ''}';`, settings },
    ...(isAny ? [] : [block(`if ($http_origin ~* ${quote(origins)})`, ["set $cors 'true';"], { settings })]),
    block("if ($request_method = 'OPTIONS')", ["set $cors '${cors}options';"]),
  ];
}

/** The first `*` stands for a label (template.go, buildCorsOriginRegex). */
function originPattern(origin: string): string {
  return origin.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace('\\*', '[A-Za-z0-9\\-]+');
}

function answer(cors: Cors): Conf[] {
  const { allowOrigin, allowMethods, allowHeaders, allowCredentials, exposeHeaders, maxAge } = cors;
  const origin = allowOrigin[0] === '*' ? '*' : '$http_origin';
  const values = [origin, allowCredentials ? 'true' : '', allowMethods, allowHeaders, exposeHeaders, String(maxAge)];
  return [
    ...HEADERS.map(([, variable, setting], index) => ({
      text: `set $${variable} ${index === 0 ? `"${origin}"` : quoteLiteral(values[index] as string)};`,
      settings: [setting],
    })),
    block("if ($cors = 'trueoptions')", ['return 204;']),
    ...HEADERS.flatMap(([header, variable]) => [
      `proxy_hide_header ${header};`,
      `add_header ${header} $${variable}_header always;`,
    ]),
    'add_header Content-Type $cors_content_type always;',
  ];
}
