import type {
  DeltaOperation,
  LoadState,
  PastState,
  Snapshot,
  SplitRow,
  TimelineStep,
  TraceSample,
  WireEvent,
  WireFlow,
  WireLoadBalancer,
  WireObject,
} from '@k8s-ingress-sandbox/sim-core/wire';
import { demoFile, weightLine } from './demo-file.ts';
import { DemoPods } from './demo-pods.ts';
import * as make from './objects.ts';
import { seededRandom } from './random.ts';

/** Cluster time at which the load balancer has its address. */
const READY_AFTER_MS = 3000;

/** What a request of the demo did. */
export interface DemoRequest extends TraceSample {
  readonly draw: number | undefined;
  readonly service: string;
}

/** A stand-in for the engine with just enough life to develop and test the page against; time is handed in. */
export class DemoCluster {
  readonly #random = seededRandom(7);
  readonly flows = new Map<string, WireFlow>();
  readonly requests: DemoRequest[] = [];
  readonly events: WireEvent[] = [];
  readonly past = new Map<number, PastState>();
  rev = 40;
  now = make.START;
  weight = 5;
  split: SplitRow = make.splitRow({ sinceRevision: 40 });
  load: LoadState | undefined;
  #owed = 0;
  #sent: Map<string, WireObject> = new Map();
  readonly pods: DemoPods;

  constructor() {
    this.pods = new DemoPods((type, reason, pod, message) => this.#say(type, reason, 'Pod', `default/${pod}`, message));
    this.#say(
      'Normal',
      'EnsuringLoadBalancer',
      'Service',
      'ingress-nginx/ingress-nginx-controller',
      'Ensuring load balancer',
    );
    this.#sent = this.#objects();
  }

  /** Remembers what there is now as a step of the timeline. */
  addStep(): TimelineStep {
    const step = { id: this.past.size + 1, rev: this.rev, at: this.now, request: this.requests.length, marks: [] };
    this.past.set(step.id, { step, objects: [...this.#objects().values()], split: [this.split] });
    return step;
  }

  snapshot(): Snapshot {
    return {
      epoch: 'e1',
      seq: 0,
      rev: this.rev,
      status: this.status(),
      objects: [...this.#objects().values()],
      events: this.events,
      timeline: [...this.past.values()].map(({ step }) => step),
      split: [this.split],
      flows: [...this.flows.values()],
      load: this.loads(),
      findings: [
        {
          severity: 'info',
          reason: 'CanaryWithoutProbe',
          message:
            'netflix-frontend-canary has no readinessProbe: a pod that starts slowly would get requests at once.',
          fix: 'Add a readinessProbe to the container in netflix-frontend-canary.',
          object: { kind: 'Deployment', namespace: 'default', name: 'netflix-frontend-canary' },
          source: { file: make.FILE, line: 14, column: 5 },
        },
      ],
      cost: {
        loadBalancers: 1,
        monthly: 16.43,
        monthlyWithOneIngress: 16.43,
        currency: 'USD',
        source: 'AWS price list, us-east-1, 2026-10',
        sentence: '1 load balancer costs about 16.43 USD a month, whatever the number of Services behind it.',
      },
      files: [{ file: make.FILE, text: demoFile(String(this.weight)), draft: false }],
    };
  }

  status() {
    return make.status({ rev: this.rev, now: this.now, settled: this.#isReady() });
  }

  loads(): LoadState[] {
    return this.load ? [this.load] : [];
  }

  /** Lets time pass; returns what changed in the objects since the last call. */
  advance(milliseconds: number): DeltaOperation[] {
    const before = this.#isReady();
    this.now += milliseconds;
    if (!before && this.#isReady()) {
      this.#say(
        'Normal',
        'EnsuredLoadBalancer',
        'Service',
        'ingress-nginx/ingress-nginx-controller',
        'Ensured load balancer',
      );
      this.startLoad(`http://${make.HOST}/`, 20);
    }
    if (this.load && this.#isReady()) this.#sendLoad(this.load, milliseconds);
    return this.takeChanges();
  }

  takeChanges(): DeltaOperation[] {
    const objects = this.#objects();
    const changed = [...objects].filter(
      ([key, object]) => JSON.stringify(this.#sent.get(key)) !== JSON.stringify(object),
    );
    const gone = [...this.#sent].filter(([key]) => !objects.has(key));
    this.#sent = objects;
    return [
      ...changed.map(([, object]): DeltaOperation => ['u', object.kind, object]),
      ...gone.map(([, { kind, uid }]): DeltaOperation => ['x', kind, uid]),
    ];
  }

  startLoad(url: string, rate: number): string {
    this.load = {
      id: 'load-1',
      url,
      rate,
      duration: null,
      headers: {},
      startedBy: 'scenario',
      sent: 0,
      answered: 0,
      failed: 0,
    };
    return this.load.id;
  }

  setWeight(weight: number): { line: number; text: string } {
    this.weight = weight;
    this.split = make.splitRow({ weight, sinceRevision: this.rev + 1, since: this.now });
    const line = weightLine();
    return { line, text: demoFile(String(weight)).split('\n')[line - 1] ?? '' };
  }

  /** One request through the cluster; `forced` by a header goes to the canary. */
  request(origin: 'client' | 'load', forced = false): DemoRequest {
    const draw = forced ? undefined : 1 + Math.floor(this.#random() * 100);
    const isCanary = forced || (draw ?? 100) <= this.weight;
    const service = isCanary ? 'netflix-frontend-canary' : 'netflix-frontend';
    const pods = this.pods.of(service).filter((pod) => pod.isReady);
    const pod = pods[Math.floor(this.#random() * pods.length)];
    const status = !pod ? 503 : pod.status === 'Error' ? 502 : 200;
    const request: DemoRequest = {
      id: this.requests.length + 1,
      at: this.now,
      flow: this.#count(service, pod?.uid, isCanary, status),
      method: 'GET',
      host: make.HOST,
      url: origin === 'client' ? '/cart' : '/',
      status,
      milliseconds: status === 200 ? 8 + Math.round(this.#random() * 14) : 1,
      decision: forced ? 'header' : 'weight',
      isCanary,
      pod: pod?.name ?? '',
      draw,
      service,
    };
    this.requests.push(request);
    return request;
  }

  #isReady(): boolean {
    return this.now - make.START >= READY_AFTER_MS;
  }

  #say(type: 'Normal' | 'Warning', reason: string, kind: string, key: string, message: string): void {
    const [namespace = '', name = ''] = key.split('/');
    const uid = `event-${this.events.length + 1}`;
    const component = kind === 'Pod' ? 'kubelet' : 'service-controller';
    this.events.push({
      uid,
      at: this.now,
      type,
      reason,
      object: { kind, namespace, name },
      message,
      count: 1,
      component,
    });
  }

  #objects(): Map<string, WireObject> {
    const ready = this.#isReady();
    const pending: Partial<WireLoadBalancer> = {
      state: 'pending',
      reason: 'the cloud is making it',
      readyAt: make.START + READY_AFTER_MS,
      hostname: '',
      targets: [],
    };
    const pods = this.pods.all();
    const catalog = make.service('netflix-movie-catalog', pods, {
      name: 'netflix-movie-catalog-service',
      ports: '8080/TCP',
    });
    const objects: WireObject[] = [
      ...[1, 2, 3].map(make.node),
      ...pods,
      make.loadBalancer(ready ? {} : pending),
      make.service('netflix-frontend', pods),
      make.service('netflix-frontend-canary', pods),
      catalog,
      make.ingress('netflix-frontend', 'netflix-frontend'),
      make.canaryIngress(this.weight),
      ...[...this.pods.replicas].map(([app, desired]) => make.deployment(app, desired, `${app}:0.8.0`)),
    ];
    return new Map(objects.map((object) => [`${object.kind}:${object.uid}`, object]));
  }

  #sendLoad(load: LoadState, milliseconds: number): void {
    this.#owed += (load.rate * milliseconds) / 1000;
    let failed = 0;
    const count = Math.floor(this.#owed);
    this.#owed -= count;
    for (let i = 0; i < count; i++) if (this.request('load').status >= 500) failed += 1;
    this.load = { ...load, sent: load.sent + count, answered: load.answered + count, failed: load.failed + failed };
  }

  #count(service: string, pod: string | undefined, canary: boolean, status: number): number {
    const number = 1 + Math.floor(this.#random() * 3);
    const key = `${number}|${service}|${pod}`;
    const nodes = [
      'client',
      'lb:svc-ingress-nginx-controller',
      `node:node-${number}`,
      'pod:ingress-nginx-controller-7c5d9-k2x8p',
    ];
    const rest = ['ingress:ing-netflix-frontend', `service:svc-${service}`, ...(pod ? [`pod:${pod}`] : [])];
    const flow = this.flows.get(key) ?? {
      id: this.flows.size + 1,
      nodes: [...nodes, ...rest],
      canary,
      n: 0,
      errors: 0,
    };
    this.flows.set(key, { ...flow, n: flow.n + 1, errors: flow.errors + (status >= 500 ? 1 : 0) });
    this.#countSplit(canary, status);
    return flow.id;
  }

  #countSplit(canary: boolean, status: number): void {
    const { n, canary: before, errors } = this.split;
    const hits = before + (canary ? 1 : 0);
    const wilson95 = wilson(hits, n + 1);
    this.split = {
      ...this.split,
      n: n + 1,
      canary: hits,
      errors: errors + (status >= 500 ? 1 : 0),
      wilson95,
      verdict: n + 1 < 100 ? 'too early' : 'consistent',
    };
  }
}

function wilson(hits: number, n: number): [number, number] {
  const z = 1.959964;
  const p = hits / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [centre - half, centre + half];
}
