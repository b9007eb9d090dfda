import type { TimelineStep, WireStatus } from '@k8s-ingress-sandbox/sim-core/wire';
import { batch, type Signal, signal } from '@preact/signals';
import type { TrafficPoint } from '../chart/traffic-history.ts';
import type { Connection } from '../feed/connection.ts';
import type { ClockReading } from './cluster-clock.ts';
import type { ClusterState } from './cluster-state.ts';
import type { Rates } from './rates.ts';

/** What is shown, one signal for each part, so that a number that changes redraws only what shows it. */
export interface Store {
  /** False until the first snapshot. */
  readonly ready: Signal<boolean>;
  readonly connection: Signal<Connection>;
  /** Set while the view is frozen, to the page's own time of the freeze. */
  readonly frozenAt: Signal<number | undefined>;
  /** Set while the page shows how the cluster was, to the step that it shows. */
  readonly past: Signal<TimelineStep | undefined>;
  /** What the server lets this page do. */
  readonly role: Signal<'control' | 'viewer'>;
  readonly parts: { readonly [Part in keyof ClusterState]: Signal<ClusterState[Part]> };
  readonly clock: Signal<ClockReading>;
  /** The last two minutes, one point a second. */
  readonly traffic: Signal<readonly TrafficPoint[]>;
  readonly rates: Signal<Rates>;
}

/** Lists that a person reads: their part is shown anew at most once a second. */
const SLOW_PARTS: ReadonlySet<keyof ClusterState> = new Set(['samples', 'samplesDropped', 'events']);

export function createStore(): Store {
  const empty = emptyState();
  return {
    ready: signal(false),
    connection: signal<Connection>({ phase: 'connecting', attempt: 0 }),
    frozenAt: signal<number | undefined>(undefined),
    past: signal<TimelineStep | undefined>(undefined),
    role: signal<'control' | 'viewer'>('control'),
    parts: {
      epoch: signal(empty.epoch),
      rev: signal(empty.rev),
      status: signal(empty.status),
      objects: signal(empty.objects),
      events: signal(empty.events),
      samples: signal(empty.samples),
      samplesDropped: signal(empty.samplesDropped),
      timeline: signal(empty.timeline),
      split: signal(empty.split),
      flows: signal(empty.flows),
      load: signal(empty.load),
      findings: signal(empty.findings),
      cost: signal(empty.cost),
      files: signal(empty.files),
    },
    clock: signal<ClockReading>({ status: empty.status, receivedAt: 0 }),
    traffic: signal<readonly TrafficPoint[]>([]),
    rates: signal<Rates>(new Map()),
  };
}

/** Shows a state; parts that did not change redraw nothing. */
export function show(store: Store, state: ClusterState, which: 'all' | 'fast'): void {
  batch(() => {
    for (const part of Object.keys(store.parts) as (keyof ClusterState)[]) {
      if (which === 'all' || !SLOW_PARTS.has(part)) (store.parts[part] as Signal<unknown>).value = state[part];
    }
  });
}

function emptyState(): ClusterState {
  return {
    epoch: '',
    rev: 0,
    status: EMPTY_STATUS,
    objects: new Map(),
    events: [],
    samples: [],
    samplesDropped: 0,
    timeline: [],
    split: [],
    flows: new Map(),
    load: [],
    findings: [],
    cost: { loadBalancers: 0, monthly: 0, monthlyWithOneIngress: 0, currency: 'USD', source: '', sentence: '' },
    files: [],
  };
}

const EMPTY_STATUS: WireStatus = Object.freeze({
  epoch: '',
  rev: 0,
  now: 0,
  speed: 1,
  paused: false,
  seed: '',
  scenario: '',
  settled: false,
  waitingFor: [],
  deviations: [],
  engine: '',
  http: '',
  https: '',
});
