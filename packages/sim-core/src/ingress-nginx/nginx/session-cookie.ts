import { DEFAULT_SERVER } from './configuration.ts';
import type { SessionAffinity } from './directives.ts';
import { httpDate } from './http-date.ts';
import type { RequestContext } from './request-context.ts';
import { cookieVariable, httpVariable } from './variables.ts';

/** Between the key of the endpoint and that of the upstream. */
const DELIMITER = '|';

/** What a session cookie holds: the key of the endpoint, and of the upstream that gave it. */
export interface SessionValue {
  readonly key: string | undefined;
  readonly backendKey: string | undefined;
}

/** The session cookie of a request; once for each request and name. */
export function readSession(context: RequestContext, { cookie }: SessionAffinity): SessionValue {
  const value = cookieVariable(context.request.headers, cookie.name.toLowerCase());
  if (value === undefined || value === '') return { key: undefined, backendKey: undefined };
  const [key, backendKey] = value.split(DELIMITER);
  return { key, backendKey };
}

/**
 * Whether the path of the rule is one of those that set the cookie: the upstream may serve others as well
 * (rootfs/etc/nginx/lua/balancer/sticky.lua, should_set_cookie).
 */
export function setsCookie({ host, server, location }: RequestContext, { locations }: SessionAffinity): boolean {
  const name = server?.server.hostname === DEFAULT_SERVER ? DEFAULT_SERVER : host;
  const paths = locations[name] ?? locations[name.replace(/^[^.]+\./, '*.')];
  return paths?.includes(location?.location.ingressPath ?? '') === true;
}

/** The Set-Cookie line, with the attributes in the order of lua-resty-cookie. */
export function sessionCookie(context: RequestContext, { cookie }: SessionAffinity, value: SessionValue): string {
  const { running, location, scheme } = context;
  const expires = Number(cookie.expires);
  const attributes = [
    cookie.expires === '' ? '' : `Expires=${httpDate(running.clock.requestNow() + expires * 1000)}`,
    cookie.maxAge === '' ? '' : `Max-Age=${Number(cookie.maxAge)}`,
    cookie.domain === '' ? '' : `Domain=${cookie.domain}`,
    `Path=${cookie.path === '' ? (location?.location.ingressPath ?? '/') : cookie.path}`,
    (cookie.secure ?? scheme === 'https') ? 'Secure' : '',
    'HttpOnly',
    sameSite(context, cookie),
  ];
  const content = `${cookie.name}=${value.key}${DELIMITER}${value.backendKey}`;
  return [content, ...attributes.filter((attribute) => attribute !== '')].join('; ');
}

/** What lua-resty-cookie writes; another spelling is left out. */
const SAME_SITE: ReadonlySet<string> = new Set(['None', 'Lax', 'Strict']);

function sameSite(context: RequestContext, cookie: SessionAffinity['cookie']): string {
  if (!SAME_SITE.has(cookie.sameSite)) return '';
  const agent = httpVariable(context.request.headers, 'user_agent', context.running.names) ?? '';
  const left = cookie.conditionalSameSiteNone && cookie.sameSite === 'None' && takesNoneForStrict(agent);
  return left ? '' : `SameSite=${cookie.sameSite}`;
}

/** Browsers that misread SameSite=None (rootfs/etc/nginx/lua/util/same_site.lua). */
function takesNoneForStrict(agent: string): boolean {
  return /Chrome\/[56]\d?\.|\(iP.+; CPU .*OS 12[_\d]*.*\) AppleWebKit\/|Macintosh;.*Mac OS X 10_14.*Version\/.*Safari/.test(
    agent,
  );
}
