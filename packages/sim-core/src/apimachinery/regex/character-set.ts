/** UTF-16 code units as sorted ranges that do not touch, flat: lowest, highest, lowest, highest … */
export type CharacterSet = readonly number[];

const HIGHEST = 0xffff;

export const NO_CHARACTER: CharacterSet = Object.freeze([]);

export function between(low: number, high: number): CharacterSet {
  return [low, high];
}

/** Characters that stand for themselves. */
export function oneOf(characters: string): CharacterSet {
  return union([...characters].map((character) => between(character.charCodeAt(0), character.charCodeAt(0))));
}

export function union(sets: readonly CharacterSet[]): CharacterSet {
  const ranges = sets.flatMap(rangesOf).sort(([a], [b]) => a - b);
  const merged: number[] = [];
  for (const [low, high] of ranges) {
    const last = merged.length - 1;
    if (last > 0 && low <= (merged[last] as number) + 1) merged[last] = Math.max(merged[last] as number, high);
    else merged.push(low, high);
  }
  return merged;
}

export function negate(set: CharacterSet): CharacterSet {
  const others: number[] = [];
  let next = 0;
  for (const [low, high] of rangesOf(set)) {
    if (low > next) others.push(next, low - 1);
    next = high + 1;
  }
  if (next <= HIGHEST) others.push(next, HIGHEST);
  return others;
}

const LOWER = between(0x61, 0x7a);
const UPPER = between(0x41, 0x5a);

/** With the other case of every ASCII letter in it. */
export function foldCase(set: CharacterSet): CharacterSet {
  const toUpper = shifted(intersection(set, LOWER), -0x20);
  const toLower = shifted(intersection(set, UPPER), 0x20);
  return union([set, toUpper, toLower]);
}

export function intersection(left: CharacterSet, right: CharacterSet): CharacterSet {
  return rangesOf(left).flatMap(([low, high]) =>
    rangesOf(right).flatMap(([from, to]) => {
      const [begin, end] = [Math.max(low, from), Math.min(high, to)];
      return begin <= end ? [begin, end] : [];
    }),
  );
}

function shifted(set: CharacterSet, by: number): CharacterSet {
  return set.map((code) => code + by);
}

/** The ranges one by one. */
export function rangesOf(set: CharacterSet): [low: number, high: number][] {
  return set.flatMap((low, i): [number, number][] => (i % 2 === 0 ? [[low, set[i + 1] as number]] : []));
}

/** A set, ready to be asked. */
export class CharacterTable {
  readonly #low: Uint8Array = new Uint8Array(256);
  readonly #high: CharacterSet;

  constructor(set: CharacterSet) {
    for (const [low, high] of rangesOf(set)) this.#low.fill(1, low, Math.min(high + 1, 256));
    this.#high = intersection(set, between(256, HIGHEST));
  }

  has(code: number): boolean {
    if (code < 256) return this.#low[code] === 1;
    for (let i = 0; i < this.#high.length; i += 2)
      if (code >= (this.#high[i] as number) && code <= (this.#high[i + 1] as number)) return true;
    return false;
  }
}
