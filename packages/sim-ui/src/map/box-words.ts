import type { WireIngress, WireLoadBalancer, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { formatSeconds } from '../words/numbers.ts';
import type { Subject } from './box.ts';
import type { Role } from './topology.ts';

/** Whether all is well with a box; its outline and its word say so, never its colour alone. */
export type Tone = 'ok' | 'pending' | 'error' | 'leaving' | 'idle';

/** At most a name, a word for the state and a number: the rest is in the inspector. */
export interface BoxWords {
  readonly name: string;
  readonly state: string;
  readonly tone: Tone;
  readonly role: Role;
  /** Time that is left, instead of a rate. */
  readonly countdown?: string;
}

/** @param secondsTo - seconds of cluster time until a moment of it */
export function wordsFor(subject: Subject, secondsTo: (moment: number) => number): BoxWords {
  switch (subject.kind) {
    case 'client':
      return plain('Client', '', 'ok');
    case 'load-balancer':
      return balancerWords(subject.balancer, secondsTo);
    case 'cost':
      return plain('Cost', '', 'idle');
    case 'node':
      return plain(subject.node.name, nodeState(subject.node), subject.node.ready ? 'ok' : 'error');
    case 'controller':
      return controllerWords(subject.pod);
    case 'no-controller':
      return plain('No controller', '', 'error');
    case 'no-load-balancer':
      return plain('No way in', '', 'idle');
    case 'rule':
      return ruleWords(subject.ingress);
    case 'service': {
      const { service, role } = subject.lane;
      return { name: service.name, state: service.ports.split('/')[0] ?? '', tone: 'ok', role };
    }
    case 'endpoints': {
      const { service, role } = subject.lane;
      return readyWords(service.endpoints.filter(({ ready }) => ready).length, service.endpoints.length, role);
    }
    case 'pod':
      return podWords(subject.pod, subject.lane?.role ?? 'plain');
    case 'pods':
      return readyWords(
        subject.pods.filter(({ isReady }) => isReady).length,
        subject.pods.length,
        subject.lane?.role ?? 'plain',
      );
  }
}

/** `2/2 ready`; hundreds take two lines. */
function readyWords(ready: number, all: number, role: Role): BoxWords {
  const tone = ready > 0 ? 'ok' : 'error';
  if (all === 0) return { name: '0/0', state: 'none', tone, role };
  if (all >= 100) return { name: String(ready), state: `of ${all}`, tone, role };
  return { name: `${ready}/${all}`, state: 'ready', tone, role };
}

/** The name with its kind, for titles and screen readers. */
export function fullNameOf(subject: Subject, { name }: BoxWords): string {
  switch (subject.kind) {
    case 'load-balancer':
      return `Load balancer ${name}`;
    case 'node':
      return `Node ${name}`;
    case 'controller':
    case 'pod':
      return `Pod ${subject.pod.name}`;
    case 'rule':
      return `Ingress ${name}`;
    case 'service':
      return `Service ${name}`;
    case 'endpoints':
      return `Endpoints of ${subject.lane.service.name}: ${name}`;
    case 'pods':
      return `Pods of ${subject.lane?.service.name ?? 'no Service'}: ${name}`;
    case 'cost':
      return 'Cost of the load balancers';
    default:
      return name;
  }
}

function plain(name: string, state: string, tone: Tone): BoxWords {
  return { name, state, tone, role: 'plain' };
}

function nodeState({ ready, cordoned }: { ready: boolean; cordoned: boolean }): string {
  if (!ready) return 'NotReady';
  return cordoned ? 'cordoned' : '';
}

function balancerWords(balancer: WireLoadBalancer, secondsTo: (moment: number) => number): BoxWords {
  const { state, hostname, reason, readyAt } = balancer;
  if (state === 'ready') return plain(hostname, '', 'ok');
  if (state === 'pending') {
    const countdown = readyAt === undefined ? {} : { countdown: formatSeconds(secondsTo(readyAt)) };
    return { ...plain('<pending>', reason, 'pending'), ...countdown };
  }
  return plain(
    hostname || '<pending>',
    state === 'failed' ? reason : 'deleting',
    state === 'failed' ? 'error' : 'leaving',
  );
}

function controllerWords(pod: WirePod): BoxWords {
  const { controller, terminating } = pod;
  const name = pod.app.replace(/-controller$/, '');
  if (terminating) return plain(name, 'Terminating', 'leaving');
  if (controller?.ready) return plain(name, podShortName(pod), 'ok');
  return plain(name, controller?.reason || pod.status, 'pending');
}

function ruleWords({ name, served, rules, canary }: WireIngress): BoxWords {
  const role: Role = canary ? 'canary' : 'main';
  if (!served) return { name, state: 'not served', tone: 'error', role };
  const [only] = rules;
  const what = rules.length === 1 && only ? `path ${only.path || '/'}` : `${rules.length} rules`;
  return { name, state: canary ? canaryWords(canary) : what, tone: 'ok', role };
}

/** What decides for a canary, in the order in which nginx asks. */
export function canaryWords({
  header,
  headerValue,
  cookie,
  weight,
  weightTotal,
}: NonNullable<WireIngress['canary']>): string {
  const first = header === '' ? '' : `${header}${headerValue === '' ? '' : `=${headerValue}`}`;
  const second = cookie === '' ? '' : `cookie ${cookie}`;
  const last = weight > 0 || (first === '' && second === '') ? weightWords(weight, weightTotal) : '';
  return [first, second, last].filter((words) => words !== '').join(', ');
}

/** `5 %`, or `5 of 200` where the total is not a hundred. */
function weightWords(weight: number, total: number): string {
  return total === 100 ? `${weight} %` : `${weight} of ${total}`;
}

const WAITING: ReadonlySet<string> = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Running']);

function podWords(pod: WirePod, role: Role): BoxWords {
  const name = podShortName(pod);
  if (pod.terminating) return { name, state: 'Terminating', tone: 'leaving', role };
  if (pod.isReady && pod.status === 'Running') return { name, state: 'Running', tone: 'ok', role };
  const waits = WAITING.has(pod.status);
  return {
    name,
    state: waits && pod.status === 'Running' ? 'not ready' : pod.status,
    tone: waits ? 'pending' : 'error',
    role,
  };
}

/** A pod's own part of its name; the app stands on its Service. */
export function podShortName({ name, app }: Pick<WirePod, 'name' | 'app'>): string {
  return name.startsWith(`${app}-`) ? (name.split('-').at(-1) ?? name) : name;
}

/** The version that an image's tag names: `0.9.0` of `web:0.9.0`. */
export function versionOf(images: readonly string[]): string {
  const image = (images[0] ?? '').replace(/@sha256:.*$/, '');
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag ?? '';
}
