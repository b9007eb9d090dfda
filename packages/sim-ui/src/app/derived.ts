import type { WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Box } from '../map/box.ts';
import type { ByFlow, Way } from '../map/dot-field.ts';
import { type MapRates, mapRates } from '../map/edge-rates.ts';
import { edgeTrack, type Track } from '../map/edge-shape.ts';
import { boxesOf } from '../map/flow-path.ts';
import { LOOSE } from '../map/lane-boxes.ts';
import { layoutMap, type MapLayout } from '../map/layout.ts';
import { type Lit, litBy } from '../map/lit.ts';
import { assignSlots, type Slot } from '../map/slots.ts';
import { buildTopology, edgeId, type MapEdge, mergeEdges, type Topology } from '../map/topology.ts';
import { byKind, type ObjectsByKind } from '../state/select.ts';
import type { Store } from '../state/store.ts';
import type { View } from './page.ts';

/** What follows from the store and the view; each part is worked out only when what it follows from has changed. */
export interface Derived {
  readonly objects: ReadonlySignal<ObjectsByKind>;
  readonly topology: ReadonlySignal<Topology>;
  readonly layout: ReadonlySignal<MapLayout>;
  /** Configured edges, those to pods of one block as one. */
  readonly edges: ReadonlySignal<ReadonlyMap<string, MapEdge>>;
  readonly mapRates: ReadonlySignal<MapRates>;
  readonly ways: ReadonlySignal<ByFlow<Way>>;
  /** The way of the request that is being explained. */
  readonly lit: ReadonlySignal<Lit | undefined>;
}

export function derive({ parts, rates }: Store, { mapSize, trace }: View): Derived {
  const objects = computed(() => byKind(parts.objects.value.values()));
  const topology = computed(() => buildTopology(objects.value));
  const settled = computed(() => parts.status.value.settled);
  const slots = signal<ReadonlyMap<string, readonly Slot[]>>(new Map());
  effect(() => {
    slots.value = nextSlots(slots.peek(), topology.value, settled.value);
  });
  const layout = computed(() => layoutMap(topology.value, mapSize.value, slots.value));
  // Counters change all the time, the ways themselves only when one is added.
  const flowCount = computed(() => `${parts.epoch.value} ${parts.flows.value.size}`);
  const paths = computed(() => {
    void flowCount.value;
    const [map, { blockOf }] = [topology.value, layout.value];
    return onDemand(parts.flows.peek(), (flow) => boxesOf(flow, map).map((id) => blockOf.get(id) ?? id));
  });
  return {
    objects,
    topology,
    layout,
    edges: computed(() => mergeEdges(topology.value.edges, layout.value.blockOf)),
    mapRates: computed(() => mapRates(parts.flows.value.values(), rates.value, paths.value)),
    ways: computed(() => {
      const [path, map] = [paths.value, layout.value];
      const trackOf = trackFinder(map.gap);
      return onDemand(parts.flows.peek(), ({ id, canary }): Way => {
        const boxes = (path.get(id) ?? []).flatMap((box) => map.byId.get(box) ?? []);
        return { tracks: boxes.slice(1).map((to, i) => trackOf(boxes[i]!, to)), canary };
      });
    }),
    lit: computed(() => {
      const open = trace.value;
      return open?.phase === 'shown'
        ? litBy(open.supposed ?? open.trace, topology.value, layout.value.blockOf)
        : undefined;
    }),
  };
}

function nextSlots(
  before: ReadonlyMap<string, readonly Slot[]>,
  { lanes, loosePods }: Topology,
  settled: boolean,
): ReadonlyMap<string, readonly Slot[]> {
  const all = [...lanes.map(({ service, pods }) => ({ key: service.uid, pods })), { key: LOOSE, pods: loosePods }];
  return new Map(all.map(({ key, pods }) => [key, assignSlots(before.get(key) ?? [], pods, settled)]));
}

/** What follows from each flow. There can be thousands, and few of them are looked at: each is worked out when it is. */
function onDemand<T>(flows: ReadonlyMap<number, WireFlow>, make: (flow: WireFlow) => T): ByFlow<T> {
  const known = new Map<number, T>();
  return {
    has: (id) => flows.has(id),
    get: (id) => {
      const flow = flows.get(id);
      if (flow === undefined) return undefined;
      const made = known.get(id) ?? make(flow);
      known.set(id, made);
      return made;
    },
  };
}

/** Most ways share most of their edges: each is drawn once. */
function trackFinder(gap: number): (from: Box, to: Box) => Track {
  const tracks = new Map<string, Track>();
  return (from, to) => {
    const id = edgeId(from.id, to.id);
    const track = tracks.get(id) ?? edgeTrack(from, to, gap);
    tracks.set(id, track);
    return track;
  };
}
