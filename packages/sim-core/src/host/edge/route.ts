import { type AbsoluteTarget, parseAbsoluteTarget, parseAuthority } from './authority.ts';
import type { EdgeTarget } from './engine.ts';

const SLASH = 47;

/** The way by which a client came in. */
export interface Entry {
  readonly servicePort: number;
  /** Host that the connection goes to whatever its requests say: a load balancer's own port, or a CONNECT tunnel. */
  readonly host?: string;
  /** Port that redirects to https get; undefined: they stay as they are. */
  redirectPort(): number | undefined;
}

/** What a client asks for, whatever protocol it speaks. */
export interface Requested {
  readonly method: string;
  /** Origin form, absolute form, or `*`. */
  readonly target: string;
  readonly version: string;
  /** Flat, in their order; one character a byte. */
  readonly headers: readonly string[];
  /** Value of the first Host header; '' without one. */
  readonly host: string;
}

/** Where a request goes, and what is left of it once the proxy form is taken off. */
export interface Route {
  readonly target: EdgeTarget;
  readonly url: string;
  readonly headers: readonly string[];
  /** Host that the request asks, lower case without port. */
  readonly host: string;
  /** Whether it came in absolute form, as to a proxy. */
  readonly proxied: boolean;
}

/** Whether a request target is in origin form, the one that every client but a proxy's sends. */
export function isOriginForm(url: string): boolean {
  return url.charCodeAt(0) === SLASH;
}

/** @param sni server name of the TLS handshake; undefined on a plain connection */
export function routeOf(
  { target, headers, host: hostHeader }: Requested,
  entry: Entry,
  sni: string | undefined,
): Route {
  const absolute = isOriginForm(target) ? undefined : parseAbsoluteTarget(target);
  if (absolute !== undefined) return proxyRoute(absolute, headers);
  const host = parseAuthority(hostHeader)?.host ?? '';
  return { target: targetOf(entry, host, sni), url: target, headers, host, proxied: false };
}

/** Where requests for a host go that come in this way. */
export function targetOf({ host, servicePort }: Entry, requested: string, sni: string | undefined): EdgeTarget {
  return sni === undefined
    ? { host: host ?? requested, servicePort }
    : { host: host ?? requested, servicePort, tls: { sni } };
}

/** The authority of the target decides, and takes the place of the Host header: what a proxy would send on (RFC 9112, 3.2.2). */
function proxyRoute({ authority, host, port, path, scheme }: AbsoluteTarget, rawHeaders: readonly string[]): Route {
  const headers = ['Host', authority];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!/^(host|proxy-connection|proxy-authorization)$/i.test(name)) headers.push(name, rawHeaders[i + 1] as string);
  }
  const target = scheme === 'https' ? { host, servicePort: port, tls: { sni: host } } : { host, servicePort: port };
  return { target, url: path, headers, host, proxied: true };
}
