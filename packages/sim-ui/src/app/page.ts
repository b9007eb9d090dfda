import type { RequestTrace, WireFlow } from '@k8s-ingress-sandbox/sim-core/wire';
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { FeedConnection } from '../feed/connection.ts';
import type { Timers } from '../feed/timers.ts';
import type { Box } from '../map/box.ts';
import { DotField, type Way } from '../map/dot-field.ts';
import { type MapRates, mapRates } from '../map/edge-rates.ts';
import { edgeTrack, type Track } from '../map/edge-shape.ts';
import { boxesOf } from '../map/flow-path.ts';
import { LOOSE } from '../map/lane-boxes.ts';
import { layoutMap, type MapLayout } from '../map/layout.ts';
import { assignSlots, type Slot } from '../map/slots.ts';
import { buildTopology, edgeId, type Topology } from '../map/topology.ts';
import { LiveCluster } from '../state/live-cluster.ts';
import { byKind, type ObjectsByKind } from '../state/select.ts';
import { createStore, type Store } from '../state/store.ts';
import type { Transport } from '../transport/transport.ts';

export type Tab = 'requests' | 'object' | 'events' | 'problems' | 'yaml';

/** A request that somebody asked about. */
export type OpenTrace =
  | { readonly phase: 'loading'; readonly id: number }
  | { readonly phase: 'shown'; readonly id: number; readonly trace: RequestTrace }
  | { readonly phase: 'failed'; readonly id: number; readonly message: string };

/** A place in a file that somebody wants to see. */
export interface ShownSource {
  readonly file: string;
  readonly line: number;
  /** Counts up, so that the same line flashes again. */
  readonly flash: number;
}

/** What this tab shows; nothing of it is the cluster's. */
export interface View {
  readonly tab: Signal<Tab>;
  /** Id of the selected box. */
  readonly selected: Signal<string | undefined>;
  readonly trace: Signal<OpenTrace | undefined>;
  /** A request that is being played slowly on the map; counts up, so that the same one plays again. */
  readonly replay: Signal<{ readonly id: number; readonly round: number } | undefined>;
  readonly source: Signal<ShownSource | undefined>;
  readonly mapForm: Signal<'map' | 'list'>;
  readonly mapSize: Signal<{ readonly width: number; readonly height: number }>;
  /** The workbench takes more of the page. */
  readonly isTall: Signal<boolean>;
  /** Somebody has opened a trace: the page need not explain its dots any more. */
  readonly knowsDots: Signal<boolean>;
  readonly theme: Signal<'auto' | 'light' | 'dark'>;
  /** Short answer to what somebody just did. */
  readonly notice: Signal<{ readonly text: string; readonly tone: 'ok' | 'error' } | undefined>;
}

/** Derived from the store and the view. */
export interface Derived {
  readonly objects: ReadonlySignal<ObjectsByKind>;
  readonly topology: ReadonlySignal<Topology>;
  readonly layout: ReadonlySignal<MapLayout>;
  readonly mapRates: ReadonlySignal<MapRates>;
  readonly ways: ReadonlySignal<ReadonlyMap<number, Way>>;
}

/** Everything the page is made of; one for each tab. */
export interface Page {
  readonly store: Store;
  readonly view: View;
  readonly derived: Derived;
  readonly live: LiveCluster;
  readonly connection: FeedConnection;
  readonly dots: DotField;
  readonly transport: Transport;
  readonly timers: Timers;
}

/** The page's composition root. */
export function createPage(transport: Transport, timers: Timers): Page {
  const store = createStore();
  const view = createView();
  const dots = new DotField(timers.random);
  const live = new LiveCluster(store, timers, (steps) => {
    if (store.frozenAt.peek() === undefined) dots.count(steps, timers.now());
  });
  const connection = new FeedConnection(transport, timers, live);
  const derived = derive(store, view);
  effect(() => dots.setWays(derived.ways.value));
  return { store, view, derived, live, connection, dots, transport, timers };
}

function createView(): View {
  return {
    tab: signal<Tab>('requests'),
    selected: signal<string | undefined>(undefined),
    trace: signal<OpenTrace | undefined>(undefined),
    replay: signal<{ id: number; round: number } | undefined>(undefined),
    source: signal<ShownSource | undefined>(undefined),
    mapForm: signal<'map' | 'list'>('map'),
    mapSize: signal({ width: 0, height: 0 }),
    isTall: signal(false),
    knowsDots: signal(false),
    theme: signal<'auto' | 'light' | 'dark'>('auto'),
    notice: signal<{ text: string; tone: 'ok' | 'error' } | undefined>(undefined),
  };
}

function derive({ parts, rates }: Store, { mapSize }: View): Derived {
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
  return {
    objects,
    topology,
    layout,
    mapRates: computed(() => mapRates(parts.flows.value.values(), rates.value, topology.value, layout.value.blockOf)),
    ways: computed(() => {
      void flowCount.value;
      return waysOf(parts.flows.peek().values(), topology.value, layout.value);
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

function waysOf(flows: Iterable<WireFlow>, topology: Topology, layout: MapLayout): ReadonlyMap<number, Way> {
  // Most ways share most of their edges.
  const tracks = new Map<string, Track>();
  const trackOf = (from: Box, to: Box): Track => {
    const id = edgeId(from.id, to.id);
    const track = tracks.get(id) ?? edgeTrack(from, to, layout.gap);
    tracks.set(id, track);
    return track;
  };
  return new Map(
    [...flows].map((flow) => {
      const boxes = boxesOf(flow, topology).flatMap((id) => layout.byId.get(layout.blockOf.get(id) ?? id) ?? []);
      return [flow.id, { tracks: boxes.slice(1).map((to, i) => trackOf(boxes[i]!, to)), canary: flow.canary }];
    }),
  );
}
