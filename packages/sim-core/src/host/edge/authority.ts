/** A host name, lower case without trailing dot, and the port that stood behind it. */
export interface Authority {
  readonly host: string;
  readonly port: number | undefined;
}

/** Reads `host`, `host:port` or `[::1]:port`, as in a Host header or a CONNECT target; undefined when it is none. */
export function parseAuthority(text: string): Authority | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]*)(?::(\d{0,5}))?$/i.exec(text.trim());
  if (match === null) return undefined;
  const port = match[2] ? Number(match[2]) : undefined;
  if (port !== undefined && (port < 1 || port > 65535)) return undefined;
  return { host: (match[1] as string).toLowerCase().replace(/\.$/, ''), port };
}

/** A request target in absolute form, as clients send it to a proxy (RFC 9112, 3.2.2). */
export interface AbsoluteTarget {
  readonly scheme: 'http' | 'https';
  /** Authority without user name, as a Host header carries it. */
  readonly authority: string;
  readonly host: string;
  readonly port: number;
  /** Path and query, in origin form. */
  readonly path: string;
}

/** Takes `http://host:port/path?query` apart; undefined when it is not of that form. */
export function parseAbsoluteTarget(target: string): AbsoluteTarget | undefined {
  const match = /^(https?):\/\/(?:[^/?#@]*@)?([^/?#@]+)([^#]*)/i.exec(target);
  if (match === null) return undefined;
  const [, schemeText = '', authority = '', rest = ''] = match;
  const scheme = schemeText.toLowerCase() === 'https' ? 'https' : 'http';
  const parsed = parseAuthority(authority);
  if (parsed === undefined || parsed.host === '') return undefined;
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme, authority, host: parsed.host, port: parsed.port ?? (scheme === 'https' ? 443 : 80), path };
}

/** Address of a client as the cluster sees it: IPv4-mapped ones are unwrapped, ::1 counts as 127.0.0.1. */
export function clientAddress(address: string | undefined): string {
  if (address === undefined || address === '::1') return '127.0.0.1';
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
