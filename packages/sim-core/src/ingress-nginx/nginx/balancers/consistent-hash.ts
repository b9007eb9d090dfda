import type { Endpoint } from '../configuration.ts';
import { crc32, finishCrc, updateCrc } from '../crc32.ts';

/** Points on the ring for each endpoint. */
const POINTS = 160;

/**
 * The ring of ketama: an endpoint that comes or goes moves only the keys next to its points (lua-resty-balancer,
 * resty.chash; ngx_http_upstream_hash_module).
 */
export class ConsistentHash {
  readonly #hashes: readonly number[];
  readonly #endpoints: readonly Endpoint[];

  /** @param endpoints at least one */
  constructor(endpoints: readonly Endpoint[]) {
    const points = endpoints.flatMap((endpoint) => pointsOf(endpoint).map((hash) => ({ hash, endpoint })));
    points.sort((a, b) => a.hash - b.hash);
    this.#hashes = points.map(({ hash }) => hash);
    this.#endpoints = points.map(({ endpoint }) => endpoint);
  }

  /** The endpoint of the first point at or behind the key's. */
  find(key: string): Endpoint {
    const hash = crc32(key);
    let low = 0;
    let high = this.#hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#hashes[middle] as number) < hash) low = middle + 1;
      else high = middle;
    }
    return this.#endpoints[low === this.#hashes.length ? 0 : low] as Endpoint;
  }
}

/** Each point is the checksum of the endpoint and of the point before it. */
function pointsOf(endpoint: Endpoint): number[] {
  const base = updateCrc(0xffffffff, nameOf(endpoint));
  const points: number[] = [];
  let previous = 0;
  for (let i = 0; i < POINTS; i++) {
    const bytes = String.fromCharCode(
      previous & 0xff,
      (previous >>> 8) & 0xff,
      (previous >>> 16) & 0xff,
      previous >>> 24,
    );
    previous = finishCrc(updateCrc(base, bytes));
    points.push(previous);
  }
  return points;
}

/** `address:port`, by which Lua knows an endpoint. */
export function nameOf({ address, port }: Endpoint): string {
  return `${address}:${port}`;
}
