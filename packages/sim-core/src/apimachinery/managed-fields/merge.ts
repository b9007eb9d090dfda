import type { PathElement } from './path-element.ts';
import { isHollow, itemsById, membersById, type Place, placeAt, structureOf } from './structure.ts';

/**
 * An object with an applied configuration merged in (typed/merge.go): the configuration wins where it says something,
 * lists with keys and sets are united. Neither is changed; undefined where both are.
 */
export function merge(place: Place, live: unknown, config: unknown): unknown {
  if (config === undefined) return live;
  if (live === undefined || (isHollow(live) && isHollow(config))) return config;
  const structure = structureOf(place, config ?? live);
  if (structure === 'leaf' || structure !== structureOf(place, live ?? config)) return config;
  // Null is an empty object or list here: it takes nothing away.
  return structure === 'items' ? mergeItems(place, live, config) : mergeMembers(place, live, config);
}

function mergeMembers(place: Place, live: unknown, config: unknown): unknown {
  const [left, right] = [membersById(live), membersById(config)];
  const entries = [...new Set([...left.keys(), ...right.keys()])].map((element): [string, unknown] => [
    element.slice(2),
    merge(placeAt(place, element), left.get(element), right.get(element)),
  ]);
  return Object.fromEntries(entries);
}

function mergeItems(place: Place, live: unknown, config: unknown): unknown {
  const [left, right] = [itemsById(place, live), itemsById(place, config)];
  return mergedOrder([...left.keys()], [...right.keys()]).map((element) =>
    merge(placeAt(place, element), left.get(element), right.get(element)),
  );
}

/**
 * Items of both keep the order of the configuration; those of the live list alone stay where they were among them
 * (typed/merge.go, visitListItems).
 */
function mergedOrder(live: readonly PathElement[], config: readonly PathElement[]): PathElement[] {
  const [inLive, inConfig] = [new Set(live), new Set(config)];
  const shared = config.filter((element) => inLive.has(element));
  const order: PathElement[] = [];
  let [l, c, s] = [0, 0, 0];
  while (l < live.length || c < config.length) {
    const [left, right] = [live[l], config[c]];
    if (left !== undefined && left === right) {
      order.push(left);
      l++;
      c++;
      s++;
    } else if (left !== undefined && right !== undefined && isLater(left, shared[s], inConfig)) {
      l++;
    } else if (left !== undefined && !inConfig.has(left)) {
      order.push(left);
      l++;
    } else if (right !== undefined) {
      order.push(right);
      c++;
      if (right === shared[s]) s++;
    } else {
      l++;
    }
  }
  return order;
}

/** A live item that the configuration has too, but not next. */
function isLater(left: PathElement, nextShared: PathElement | undefined, inConfig: ReadonlySet<PathElement>): boolean {
  return inConfig.has(left) && nextShared !== undefined && nextShared !== left;
}
