import { fitsPassword } from './htpasswd/htpasswd.ts';

/** Answers that are remembered: hashes are made to be slow. */
const REMEMBERED = 1000;

/** A password file, read once. */
export class Passwords {
  readonly #hashes: ReadonlyMap<string, string>;
  readonly #known = new Map<string, boolean>();

  /** @param lines `name:hash`, comments and empty lines left out; the first of two equal names counts */
  constructor(lines: readonly string[]) {
    const hashes = new Map<string, string>();
    for (const line of lines) {
      const [name = '', hash] = line.trim().split(':');
      if (hash !== undefined && !name.startsWith('#') && !hashes.has(name)) hashes.set(name, hash);
    }
    this.#hashes = hashes;
  }

  fits(name: string, password: string): boolean {
    const hash = this.#hashes.get(name);
    if (hash === undefined) return false;
    const key = `${name}:${password}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fits = fitsPassword(hash, password);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(key, fits);
    return fits;
  }
}
