import type { WirePod } from '@k8s-ingress-sandbox/sim-core/wire';

/** A place in a lane. A pod that terminates keeps its place and may share it with the pod that follows it. */
export interface Slot {
  /** uid of the pod that lives here. */
  readonly pod?: string;
  /** uid of a pod that is terminating here. */
  readonly leaving?: string;
}

/** More pods than this are a block in any room, where nobody has a place of their own. */
const MOST_PLACES = 64;

/**
 * Gives each pod of a lane a place that it keeps as long as it lives, so that nothing jumps when another one goes. A new
 * pod takes an empty place, else that of one that is terminating, else a new one at the end.
 *
 * @param settled - whether the cluster has come to rest; only then are gaps between pods closed
 */
export function assignSlots(before: readonly Slot[], pods: readonly WirePod[], settled: boolean): Slot[] {
  const alive = new Set(pods.filter(({ terminating }) => !terminating).map(({ uid }) => uid));
  const leaving = new Set(pods.filter(({ terminating }) => terminating).map(({ uid }) => uid));
  if (pods.length > MOST_PLACES)
    return pods.map(({ uid, terminating }) => (terminating ? { leaving: uid } : { pod: uid }));
  const slots = before.map((slot) => keepWhoIsThere(slot, alive, leaving));
  const placed = new Set(slots.flatMap(({ pod, leaving: old }) => [pod, old]));
  for (const { uid } of pods) {
    if (placed.has(uid)) continue;
    const field = alive.has(uid) ? 'pod' : 'leaving';
    const place = freePlace(slots, field);
    slots[place] = { ...slots[place], [field]: uid };
  }
  return settled ? slots.filter(isTaken) : slots.slice(0, slots.findLastIndex(isTaken) + 1);
}

function isTaken({ pod, leaving }: Slot): boolean {
  return pod !== undefined || leaving !== undefined;
}

function keepWhoIsThere({ pod, leaving }: Slot, alive: ReadonlySet<string>, terminating: ReadonlySet<string>): Slot {
  const stays = pod !== undefined && alive.has(pod);
  const goes = [leaving, pod].find((uid) => uid !== undefined && terminating.has(uid));
  return { ...(stays ? { pod } : {}), ...(goes === undefined ? {} : { leaving: goes }) };
}

function freePlace(slots: readonly Slot[], field: 'pod' | 'leaving'): number {
  const empty = slots.findIndex((slot) => !isTaken(slot));
  if (empty >= 0) return empty;
  const shared = slots.findIndex((slot) => slot[field] === undefined);
  return shared >= 0 ? shared : slots.length;
}
