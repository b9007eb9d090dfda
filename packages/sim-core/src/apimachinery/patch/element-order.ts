import { identityOf } from './patch-field.ts';

function indexes(list: readonly unknown[], mergeKey: string | undefined): ReadonlyMap<unknown, number> {
  const result = new Map<unknown, number>();
  list.forEach((item, index) => {
    const identity = identityOf(item, mergeKey);
    if (!result.has(identity)) result.set(identity, index);
  });
  return result;
}

/** Items that stand in `order`, in that order. */
function sortBy(
  items: readonly unknown[],
  order: ReadonlyMap<unknown, number>,
  mergeKey: string | undefined,
): unknown[] {
  const place = (item: unknown) => order.get(identityOf(item, mergeKey)) ?? 0;
  return [...items].sort((a, b) => place(a) - place(b));
}

/**
 * Puts a merged list in order (`normalizeElementOrder` of `strategicpatch/patch.go`): the items that the patch speaks of
 * in the patch's order, the server's own items in the live order, and one of these before one of those only where the
 * live list has it so.
 */
export function orderElements(
  merged: readonly unknown[],
  patchOrder: readonly unknown[],
  liveOrder: readonly unknown[],
  mergeKey: string | undefined,
): unknown[] {
  const byPatch = indexes(patchOrder, mergeKey);
  const byLive = indexes(liveOrder, mergeKey);
  const inPatch = (item: unknown) => byPatch.has(identityOf(item, mergeKey));
  const patched = sortBy(merged.filter(inPatch), byPatch, mergeKey);
  const result: unknown[] = [];
  for (const own of sortBy(
    merged.filter((item) => !inPatch(item)),
    byLive,
    mergeKey,
  )) {
    const place = byLive.get(identityOf(own, mergeKey)) ?? 0;
    while (patched.length > 0 && !((byLive.get(identityOf(patched[0], mergeKey)) ?? -1) > place)) {
      result.push(patched.shift());
    }
    result.push(own);
  }
  return [...result, ...patched];
}
