import type { Feature } from './features.ts';

/** A submission and what it says. */
export interface Featured {
  readonly id: string;
  readonly features: readonly Feature[];
}

/** Something that two submissions say, with its place in each. */
export interface SharedFeature {
  readonly text: string;
  /** How many of the class say it. */
  readonly owners: number;
  readonly left: Feature;
  readonly right: Feature;
}

/** Two submissions that have something in common. */
export interface Pair {
  readonly left: string;
  readonly right: string;
  /** Share of what either says beyond the given and the common that both say, rare things weighing more; 0 to 1. */
  readonly likeness: number;
  /** The rarest first. */
  readonly shared: readonly SharedFeature[];
  /** How many things either says beyond the given and the common. */
  readonly own: readonly [left: number, right: number];
}

/** What is compared, and what is shown. */
export interface CompareOptions {
  /** Things that starter and reference solution say: nobody's own. */
  readonly given: ReadonlySet<string>;
  /** Pairs below are not shown. */
  readonly atLeast: number;
  /** Pairs that share fewer things are not shown. */
  readonly fewest: number;
  readonly most: number;
}

export const COMPARE_OPTIONS: Omit<CompareOptions, 'given'> = Object.freeze({ atLeast: 0.3, fewest: 3, most: 200 });

/** What a fourth of the class says follows from the task, or from the same lecture. */
const COMMON = 0.25;

/**
 * Compares every two submissions by what neither starter nor solution nor much of the class says. It says what is alike, never
 * why: two who were taught together, or helped each other as they may, are alike too.
 */
export function comparePairs(all: readonly Featured[], options: CompareOptions): Pair[] {
  const owners = ownersOf(all, options.given);
  const limit = Math.max(3, COMMON * all.length);
  const own = all.map(({ features }) =>
    ownFeatures(features, (text) => (owners.get(text)?.length ?? Infinity) <= limit),
  );
  const counts = countShared(owners, limit, all.length);
  const weight = (text: string) => Math.log((all.length + 1) / (owners.get(text)?.length ?? 1));
  const pairs: Pair[] = [];
  for (const [key, count] of counts) {
    if (count < options.fewest) continue;
    const [left = 0, right = 0] = [Math.floor(key / all.length), key % all.length];
    const pair = pairOf(all, own, left, right, owners, weight);
    if (pair.likeness >= options.atLeast) pairs.push(pair);
  }
  return pairs.sort(byLikeness).slice(0, options.most);
}

type Owners = ReadonlyMap<string, readonly number[]>;

function ownersOf(all: readonly Featured[], given: ReadonlySet<string>): Owners {
  const owners = new Map<string, number[]>();
  for (const [index, { features }] of all.entries()) {
    for (const text of new Set(features.map((feature) => feature.text))) {
      if (given.has(text)) continue;
      const list = owners.get(text);
      if (list === undefined) owners.set(text, [index]);
      else list.push(index);
    }
  }
  return owners;
}

function ownFeatures(features: readonly Feature[], isOwn: (text: string) => boolean): Map<string, Feature> {
  const own = new Map<string, Feature>();
  for (const feature of features) if (!own.has(feature.text) && isOwn(feature.text)) own.set(feature.text, feature);
  return own;
}

/** How many things each two have in common; the key is left × count + right. Only pairs that have any. */
function countShared(owners: Owners, limit: number, total: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const list of owners.values()) {
    if (list.length > limit) continue;
    for (const [at, left] of list.entries()) {
      for (const right of list.slice(at + 1))
        counts.set(left * total + right, (counts.get(left * total + right) ?? 0) + 1);
    }
  }
  return counts;
}

function pairOf(
  all: readonly Featured[],
  own: readonly ReadonlyMap<string, Feature>[],
  left: number,
  right: number,
  owners: Owners,
  weight: (text: string) => number,
): Pair {
  const [a, b] = [own[left] ?? new Map<string, Feature>(), own[right] ?? new Map<string, Feature>()];
  let [both, either] = [0, 0];
  for (const text of new Set([...a.keys(), ...b.keys()])) {
    either += weight(text);
    if (a.has(text) && b.has(text)) both += weight(text);
  }
  const shared = [...a].flatMap(([text, feature]): SharedFeature[] => {
    const other = b.get(text);
    return other === undefined ? [] : [{ text, owners: owners.get(text)?.length ?? 0, left: feature, right: other }];
  });
  return {
    left: all[left]?.id ?? '',
    right: all[right]?.id ?? '',
    likeness: either === 0 ? 0 : both / either,
    shared: shared.sort((x, y) => x.owners - y.owners || (x.text < y.text ? -1 : 1)),
    own: [a.size, b.size],
  };
}

function byLikeness(a: Pair, b: Pair): number {
  return b.likeness - a.likeness || b.shared.length - a.shared.length || (a.left + a.right < b.left + b.right ? -1 : 1);
}
