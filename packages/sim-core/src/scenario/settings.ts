import { parseIPv4Network } from '../apimachinery/ip.ts';
import type { ImageBehaviour } from '../workloads/program.ts';
import { type FieldProblem, Reader } from './reader.ts';

/** apiVersion of our own documents. */
export const SANDBOX_API_VERSION = 'sandbox.k8s-ingress.dev/v1';

/** The smallest network of Services has eight addresses, as the API server wants it. */
const SMALLEST_PREFIX = 29;
const EXERCISE_NAME = 'the name of an exercise, such as canary-weight';
const SERVICE_NETWORK = 'an IPv4 network of at least eight addresses, such as 10.96.0.0/16';

/** A failure of the simulated cloud: the next `times` attempts for that Service (or for any) end with `message`. */
export interface CloudFailure {
  /** `namespace/name`; any Service without it. */
  service?: string;
  times: number;
  message: string;
}

/** Load that a scenario fires by itself. `LOAD_BALANCER` in the url is the ingress load balancer's hostname. */
export interface LoadSettings {
  url: string;
  /** Requests a second. */
  rate: number;
  autoStart: boolean;
  headers: Record<string, string>;
}

/** What a Scenario document sets (interfaces.md, "Scenario settings"), with every default filled in; times in milliseconds. */
export interface ScenarioSettings {
  name: string;
  summary: string;
  /** Name of the exercise that belongs to it; '' for none. */
  exercise: string;
  seed: string;
  clock: { speed: number };
  nodes: number;
  serviceCIDR: string;
  cloud: { provider: 'aws-nlb'; delay: number; failures: CloudFailure[] };
  addons: string[];
  images: (ImageBehaviour & { match: string })[];
  allowImages: string[];
  /** `host:port` → program name. */
  externalHosts: Record<string, string>;
  load: LoadSettings | undefined;
  /** Delays that a real cluster has and we leave out by default. */
  delays: { imagePull: number; scheduling: number; containerStart: number; ingressStatus: number };
  /** Cluster time between two documents of the initial apply. */
  applyInterval: number;
}

/** What holds without a Scenario document. */
export function defaultSettings(): ScenarioSettings {
  return readSettings({ apiVersion: SANDBOX_API_VERSION, kind: 'Scenario', metadata: {}, spec: {} }).settings;
}

/**
 * Reads a Scenario document. A misspelt or unknown field is a problem, never silently ignored; whatever is wrong keeps
 * its default, so that the settings can always be used.
 */
export function readSettings(document: unknown): { settings: ScenarioSettings; problems: FieldProblem[] } {
  const problems: FieldProblem[] = [];
  return { settings: settingsFrom(new Reader(document, '', problems)), problems };
}

/** What a Scenario document sets, from whoever reads it. */
export function settingsFrom(root: Reader): ScenarioSettings {
  root.known(['apiVersion', 'kind', 'metadata', 'spec']);
  const metadata = root.object('metadata');
  const annotations = metadata.object('annotations');
  const spec = root.object('spec');
  spec.known([
    'seed',
    'clock',
    'nodes',
    'serviceCIDR',
    'cloud',
    'addons',
    'images',
    'allowImages',
    'externalHosts',
    'load',
    'delays',
    'applyInterval',
  ]);
  return {
    name: metadata.text('name', ''),
    summary: annotations.text('sandbox.k8s-ingress.dev/summary', ''),
    exercise: annotations.textThat('sandbox.k8s-ingress.dev/exercise', '', EXERCISE_NAME, isExerciseName),
    seed: spec.scalar('seed', '1'),
    clock: readClock(spec.object('clock')),
    nodes: spec.integer('nodes', 3, 1, 1000),
    serviceCIDR: spec.textThat('serviceCIDR', '10.96.0.0/16', SERVICE_NETWORK, isServiceNetwork),
    cloud: readCloud(spec.object('cloud')),
    addons: spec.oneOfEach('addons', ['ingress-nginx']),
    images: spec.objects('images').map(readImage),
    allowImages: spec.texts('allowImages'),
    externalHosts: spec.recordOf('externalHosts', 'host:port, such as auth.example.com:443', isHostAndPort),
    load: spec.has('load') ? readLoad(spec.object('load')) : undefined,
    delays: readDelays(spec.object('delays')),
    applyInterval: spec.duration('applyInterval', 0),
  };
}

function isExerciseName(text: string): boolean {
  return /^[\w-]{1,63}$/.test(text);
}

function isServiceNetwork(text: string): boolean {
  const network = parseIPv4Network(text);
  return network !== undefined && network.prefix <= SMALLEST_PREFIX;
}

function isHostAndPort(text: string): boolean {
  const port = /^[^\s:/]+:(\d{1,5})$/.exec(text)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65535;
}

function readClock(clock: Reader): ScenarioSettings['clock'] {
  clock.known(['speed']);
  return { speed: clock.number('speed', 1, 0.01, 1000) };
}

function readCloud(cloud: Reader): ScenarioSettings['cloud'] {
  cloud.known(['provider', 'delay', 'failures']);
  cloud.oneOf('provider', ['aws-nlb'], 'aws-nlb');
  const failures = cloud.objects('failures').map((failure) => {
    failure.known(['service', 'times', 'message']);
    const service = failure.text('service', '');
    return {
      ...(service === '' ? {} : { service }),
      times: failure.integer('times', 1, 1, 1000),
      message: failure.text('message', 'TooManyLoadBalancers: exceeded quota of load balancers'),
    };
  });
  return { provider: 'aws-nlb', delay: cloud.duration('delay', 3000), failures };
}

function readImage(image: Reader): ImageBehaviour & { match: string } {
  image.known([
    'match',
    'program',
    'ports',
    'tls',
    'pull',
    'startup',
    'latency',
    'cpuPerRequest',
    'errorRate',
    'readyAfter',
    'crashAfter',
    'status',
    'paths',
  ]);
  const behaviour: ImageBehaviour & { match: string } = { match: image.text('match', '*') };
  if (image.has('program')) behaviour.program = image.text('program', 'web');
  if (image.has('ports')) behaviour.ports = image.integers('ports', 1, 65535);
  if (image.has('tls')) behaviour.tls = image.integers('tls', 1, 65535);
  for (const field of ['pull', 'startup', 'latency', 'cpuPerRequest', 'readyAfter', 'crashAfter'] as const) {
    if (image.has(field)) behaviour[field] = image.duration(field, 0);
  }
  if (image.has('errorRate')) behaviour.errorRate = image.number('errorRate', 0, 0, 1);
  if (image.has('status')) behaviour.status = image.integer('status', 200, 200, 599);
  if (image.has('paths')) behaviour.paths = image.integerRecord('paths', 200, 599);
  return behaviour;
}

function readLoad(load: Reader): LoadSettings {
  load.known(['url', 'rate', 'autoStart', 'headers']);
  return {
    url: load.text('url', 'http://LOAD_BALANCER/'),
    rate: load.number('rate', 20, 0.1, 10_000),
    autoStart: load.flag('autoStart', true),
    headers: load.record('headers'),
  };
}

function readDelays(delays: Reader): ScenarioSettings['delays'] {
  delays.known(['imagePull', 'scheduling', 'containerStart', 'ingressStatus']);
  return {
    imagePull: delays.duration('imagePull', 0),
    scheduling: delays.duration('scheduling', 0),
    containerStart: delays.duration('containerStart', 0),
    ingressStatus: delays.duration('ingressStatus', 1000),
  };
}
