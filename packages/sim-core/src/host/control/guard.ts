import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may use the control API, and from where (ui.md 4.6). */
export interface GuardOptions {
  readonly token: string;
  /** Hosts that our own page is reached under, with port: `127.0.0.1:8088`, `localhost:8088`, `[::1]:8088`, a public host. */
  readonly hosts: ReadonlySet<string>;
  /** Origins that our own page has. */
  readonly origins: ReadonlySet<string>;
  readonly cookieName: string;
}

/** Why a request is refused; undefined lets it through. */
export type Refusal = { readonly status: 401 | 403 | 415 | 421; readonly message: string };

/** Everything asks for a known Host: a page on a rebound name must not reach us. */
export function checkHost({ headers }: IncomingMessage, { hosts }: GuardOptions): Refusal | undefined {
  if (hosts.has((headers.host ?? '').toLowerCase())) return undefined;
  return {
    status: 421,
    message: `this server is not ${headers.host ?? 'a host without name'}; it answers as ${[...hosts].join(', ')}`,
  };
}

/** API calls need the token, or the session cookie that the page got for it. */
export function checkSession(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  if (hasBearer(request, options) || hasCookie(request, options)) return undefined;
  return {
    status: 401,
    message:
      'no session: open the link that the sandbox printed in the terminal, or send Authorization: Bearer <token>',
  };
}

/**
 * Writes: only from our own page, or from a program with the token. A page of another port on this machine sends our
 * cookie too, so the cookie alone proves nothing.
 */
export function checkWrite(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = request.headers;
  if (origin !== undefined && !options.origins.has(origin))
    return { status: 403, message: `origin ${origin} may not write here` };
  if (origin === undefined && !hasBearer(request, options))
    return { status: 403, message: 'a write without Origin needs Authorization: Bearer <token>' };
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return { status: 403, message: 'cross-site writes are refused' };
  // A browser asks before it sends a DELETE, so that one without a body needs no type.
  if (request.method === 'DELETE' && request.headers['content-length'] === undefined) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(type)) return { status: 415, message: 'send Content-Type: application/json' };
  return undefined;
}

/** The feed: the exact Origin is the only thing that tells our page from one on another port. */
export function checkFeed(request: IncomingMessage, options: GuardOptions): Refusal | undefined {
  const { origin } = request.headers;
  if (origin === undefined || !options.origins.has(origin))
    return { status: 403, message: 'the feed serves our own page only' };
  return checkSession(request, options);
}

/** Whether the token in a URL is ours. */
export function isToken(text: string | null | undefined, { token }: GuardOptions): boolean {
  const given = Buffer.from(text ?? '');
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function hasBearer({ headers }: IncomingMessage, options: GuardOptions): boolean {
  return isToken(/^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1], options);
}

function hasCookie({ headers }: IncomingMessage, options: GuardOptions): boolean {
  const cookies = (headers.cookie ?? '').split(/;\s*/);
  return cookies.some(
    (cookie) =>
      cookie.startsWith(`${options.cookieName}=`) && isToken(cookie.slice(options.cookieName.length + 1), options),
  );
}
