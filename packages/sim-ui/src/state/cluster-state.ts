import type {
  CostLine,
  DeltaOperation,
  DoctorFinding,
  FeedMessage,
  LoadState,
  Snapshot,
  SourceFile,
  SplitRow,
  TimelineStep,
  TraceSample,
  WireEvent,
  WireFlow,
  WireObject,
  WireStatus,
} from '@k8s-ingress-sandbox/sim-core/wire';

/** Rings of the page: what is older is still on the server, or gone. */
const EVENTS_KEPT = 300;
const SAMPLES_KEPT = 400;
const STEPS_KEPT = 400;

/** Everything the page knows of the cluster. Never changed in place. */
export interface ClusterState {
  readonly epoch: string;
  readonly rev: number;
  readonly status: WireStatus;
  /** By {@link keyOf}: a load balancer has the uid of its Service. */
  readonly objects: ReadonlyMap<string, WireObject>;
  /** Newest first. */
  readonly events: readonly WireEvent[];
  /** Newest first. */
  readonly samples: readonly TraceSample[];
  /** How many samples the server left out for us, because this page fell behind or paused. */
  readonly samplesDropped: number;
  /** Steps that can be gone back to, oldest first. */
  readonly timeline: readonly TimelineStep[];
  readonly split: readonly SplitRow[];
  readonly flows: ReadonlyMap<number, WireFlow>;
  readonly load: readonly LoadState[];
  readonly findings: readonly DoctorFinding[];
  readonly cost: CostLine;
  readonly files: readonly SourceFile[];
}

/** What a message did: a new state, or the news that the page has lost the thread and needs a snapshot. */
export type Step = { readonly state: ClusterState } | { readonly resync: string };

export function keyOf(kind: WireObject['kind'], uid: string): string {
  return `${kind}:${uid}`;
}

/** The state that a snapshot describes. Request samples of the same run are kept: a snapshot carries none. */
export function fromSnapshot(snapshot: Snapshot, before?: ClusterState): ClusterState {
  const { epoch, rev, status, split, load, findings, cost, files } = snapshot;
  return {
    epoch,
    rev,
    status,
    objects: new Map(snapshot.objects.map((object) => [keyOf(object.kind, object.uid), object])),
    events: newestFirst([], snapshot.events),
    samples: before?.epoch === epoch ? before.samples : [],
    samplesDropped: before?.epoch === epoch ? before.samplesDropped : 0,
    timeline: snapshot.timeline,
    split,
    flows: new Map(snapshot.flows.map((flow) => [flow.id, flow])),
    load,
    findings,
    cost,
    files,
  };
}

/**
 * Applies one message of the feed. Deltas are lossless, so one that does not join on to our revision asks for a new
 * snapshot; everything else carries totals or samples, and a lost message heals itself.
 */
export function applyMessage(state: ClusterState, message: FeedMessage): Step {
  switch (message.t) {
    case 'd':
      return applyDelta(state, message);
    case 'm':
      return applyMetrics(state, message);
    case 'flow':
      return { state: { ...state, flows: mergeFlows(state.flows, message.flows) } };
    case 'tr':
      return { state: addSamples(state, message) };
    case 'step':
      return { state: { ...state, timeline: addSteps(state.timeline, message.steps) } };
    case 'ev':
      return { state: { ...state, events: newestFirst(state.events, message.items) } };
    case 'hello':
      return message.epoch === state.epoch ? { state } : { resync: 'the sandbox was restarted' };
    case 'gone':
      return { resync: 'the server dropped our place in the feed' };
    case 'beat':
      return { state };
  }
}

function applyDelta(state: ClusterState, message: Extract<FeedMessage, { t: 'd' }>): Step {
  if (message.prevRev !== state.rev) {
    if (message.rev <= state.rev) return { state };
    return { resync: `a gap: we are at r${state.rev}, the delta starts at r${message.prevRev}` };
  }
  const { rev, findings = state.findings, cost = state.cost, files = state.files } = message;
  return { state: { ...state, rev, findings, cost, files, objects: applyOperations(state.objects, message.ops) } };
}

function applyOperations(
  objects: ReadonlyMap<string, WireObject>,
  operations: readonly DeltaOperation[],
): ReadonlyMap<string, WireObject> {
  const next = new Map(objects);
  for (const operation of operations) {
    if (operation[0] === 'u') next.set(keyOf(operation[1], operation[2].uid), operation[2]);
    else next.delete(keyOf(operation[1], operation[2]));
  }
  return next;
}

function applyMetrics(state: ClusterState, message: Extract<FeedMessage, { t: 'm' }>): Step {
  const { split, load, status } = message;
  if (status.epoch !== state.epoch) return { resync: 'the sandbox was restarted' };
  // The delta before it was lost, and nobody knows when the next one comes.
  if (status.rev > state.rev) return { resync: `a gap: we are at r${state.rev}, the metrics are of r${status.rev}` };
  const flows = new Map(state.flows);
  for (const [id, n, errors] of message.flows) {
    const flow = flows.get(id);
    if (!flow) return { resync: `way ${id} through the map is unknown` };
    flows.set(id, { ...flow, n, errors });
  }
  return { state: { ...state, split, load, status, flows } };
}

function addSamples(state: ClusterState, { items, dropped = 0 }: Extract<FeedMessage, { t: 'tr' }>): ClusterState {
  const samples = [...items].reverse().concat(state.samples).slice(0, SAMPLES_KEPT);
  return { ...state, samples, samplesDropped: state.samplesDropped + dropped };
}

function mergeFlows(flows: ReadonlyMap<number, WireFlow>, added: readonly WireFlow[]): ReadonlyMap<number, WireFlow> {
  return new Map([...flows, ...added.map((flow) => [flow.id, flow] as const)]);
}

/** A snapshot may hold a step already that comes again. */
function addSteps(timeline: readonly TimelineStep[], added: readonly TimelineStep[]): TimelineStep[] {
  const last = timeline.at(-1)?.id ?? 0;
  return [...timeline, ...added.filter(({ id }) => id > last)].slice(-STEPS_KEPT);
}

/** An event that repeats keeps its uid and comes again with a higher count. */
function newestFirst(events: readonly WireEvent[], added: readonly WireEvent[]): WireEvent[] {
  const byUid = new Map([...events, ...added].map((event) => [event.uid, event]));
  return [...byUid.values()].sort((a, b) => b.at - a.at).slice(0, EVENTS_KEPT);
}
