/** A cookie as a client keeps it. */
interface Cookie {
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
}

/** The cookies of one client for one host (RFC 6265, section 5), without the time that they last. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** The jar with the cookies of another. */
  static from(other: CookieJar): CookieJar {
    const jar = new CookieJar();
    jar.addAll(other);
    return jar;
  }

  addAll(other: CookieJar): void {
    for (const [key, cookie] of other.#cookies) this.#cookies.set(key, cookie);
  }

  /** Takes the cookies of an answer. @param headers flat */
  keep(headers: readonly string[]): void {
    for (let i = 0; i < headers.length; i += 2) {
      if (headers[i]?.toLowerCase() === 'set-cookie') this.#set(headers[i + 1] as string);
    }
  }

  /** Value of the Cookie header of a request; '' for none. */
  header(path: string, scheme: 'http' | 'https'): string {
    return [...this.#cookies]
      .filter(([, cookie]) => (scheme === 'https' || !cookie.secure) && pathMatches(path, cookie.path))
      .map(([key, { value }]) => `${key.slice(key.indexOf(' ') + 1)}=${value}`)
      .join('; ');
  }

  #set(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    if (equals <= 0) return;
    const attribute = (name: string) =>
      attributes.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const path = attribute('path') ?? '/';
    const key = `${path} ${pair.slice(0, equals)}`;
    if (isOver(attribute('max-age'), attribute('expires'))) this.#cookies.delete(key);
    else {
      const secure = attributes.some((each) => each.toLowerCase() === 'secure');
      this.#cookies.set(key, { value: pair.slice(equals + 1), path, secure });
    }
  }
}

/** A server takes a cookie back by letting it end at once, or long ago. */
function isOver(maxAge: string | undefined, expires: string | undefined): boolean {
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return expires?.includes('1970') === true;
}

function pathMatches(path: string, cookiePath: string): boolean {
  const own = path.split('?')[0] as string;
  return own === cookiePath || own.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
