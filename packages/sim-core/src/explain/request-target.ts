/** A request that somebody asks about. */
export interface Question {
  readonly method: string;
  /** Absolute; without a scheme it is http. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whom it comes from; an address for documentation without it. */
  readonly remoteAddress?: string;
  /** What is taken to be drawn where a weight decides, from 1; left out or 0, chance is left open. */
  readonly draw?: number;
}

/** Where a request goes and what it carries, as a client would send it. */
export interface RequestTarget {
  readonly scheme: 'http' | 'https';
  /** Lower case, without port: what chooses the load balancer. */
  readonly host: string;
  /** Port of the load balancer's Service. */
  readonly port: number;
  /** Path and query. */
  readonly path: string;
  /** Flat, with the Host header. */
  readonly headers: readonly string[];
}

/**
 * Takes a URL apart as the edge would: its own ports stand for 80 and 443, a Host header beats the URL's host.
 * @param edge where the edge listens, `http://127.0.0.1:8080`
 * @throws Error for something that is no URL
 */
export function requestTarget({ url, headers }: Question, edge: { http: string; https: string }): RequestTarget {
  const absolute = /^[a-z]+:\/\//i.test(url) ? url : `http://${url}`;
  if (!/^https?:\/\//i.test(absolute) || !URL.canParse(absolute)) {
    throw new Error(`${url} is no http or https URL: write one such as http://shop.localhost/path`);
  }
  const parsed = new URL(absolute);
  const own = [edge.http, edge.https].findIndex(
    (base) => URL.canParse(base) && portOf(new URL(base)) === portOf(parsed),
  );
  const scheme = parsed.protocol === 'https:' ? 'https' : 'http';
  const port = own === 0 ? 80 : own === 1 ? 443 : portOf(parsed);
  const sent = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host');
  const host = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host')?.[1] ?? parsed.host;
  return {
    scheme: own === 1 ? 'https' : scheme,
    host: host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase(),
    port,
    path: `${pathAsWritten(absolute)}${parsed.search}`,
    headers: ['Host', host, ...sent.flat()],
  };
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** The path with its dots and escapes, which URL would set right before nginx sees them. */
function pathAsWritten(url: string): string {
  return /^https?:\/\/[^/?#]*(\/[^?#]*)?/i.exec(url)?.[1] ?? '/';
}
