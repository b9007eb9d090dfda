import type { Endpoint } from '../configuration.ts';
import { crc32, finishCrc, updateCrc } from '../crc32.ts';

/** Points on the ring for each item. */
const POINTS = 160;

/**
 * The ring of ketama: an endpoint that comes or goes moves only the keys next to its points (lua-resty-balancer,
 * resty.chash; ngx_http_upstream_hash_module).
 */
export class ConsistentHash<T> {
  readonly #hashes: readonly number[];
  readonly #items: readonly T[];

  /**
   * @param items at least one
   * @param name by which an item is known, whatever else changes
   */
  constructor(items: readonly T[], name: (item: T) => string) {
    const points = items.flatMap((item) => pointsOf(name(item)).map((hash) => ({ hash, item })));
    points.sort((a, b) => a.hash - b.hash);
    this.#hashes = points.map(({ hash }) => hash);
    this.#items = points.map(({ item }) => item);
  }

  /** The item of the first point at or behind the key's. */
  find(key: string): T {
    const hash = crc32(key);
    let low = 0;
    let high = this.#hashes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#hashes[middle] as number) < hash) low = middle + 1;
      else high = middle;
    }
    return this.#items[low === this.#hashes.length ? 0 : low] as T;
  }
}

/** Each point is the checksum of the name and of the point before it. */
function pointsOf(name: string): number[] {
  const base = updateCrc(0xffffffff, name);
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
