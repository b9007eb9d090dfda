import { parseAuthority } from './authority.ts';

const REDIRECTS: ReadonlySet<number> = Object.freeze(new Set([301, 302, 303, 307, 308]));

/** Whether a status carries a Location that clients follow. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Documented deviation: a redirect to `https://host/…` means port 443, which is not ours; clients that came to another
 * port than 80 get our https port in it, so that `curl -L` and browsers arrive. Only for the host that was asked, so
 * that redirects to elsewhere stay what they are.
 * @param host host of the request, lower case without port
 * @returns the headers to send; the same list when nothing changes
 */
export function withHttpsPort(headers: readonly string[], host: string, port: number): readonly string[] {
  const index = headers.findIndex((name, i) => i % 2 === 0 && name.length === 8 && name.toLowerCase() === 'location');
  const location = index < 0 ? '' : (headers[index + 1] as string);
  const match = /^https:\/\/([^/?#]*)(.*)$/i.exec(location);
  const authority = match && parseAuthority(match[1] as string);
  if (!authority || authority.host !== host || authority.port !== undefined) return headers;
  return headers.with(index + 1, `https://${match[1]}:${port}${match[2]}`);
}
