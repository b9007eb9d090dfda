import type { WireIngress, WireLoadBalancer, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import { formatSeconds } from '../words/numbers.ts';
import type { Words } from '../words/words.tsx';
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
export function wordsFor(subject: Subject, secondsTo: (moment: number) => number, words: Words): BoxWords {
  const { t } = words;
  switch (subject.kind) {
    case 'client':
      return plain(t('kind.client'), '', 'ok');
    case 'load-balancer':
      return balancerWords(subject.balancer, secondsTo, words);
    case 'cost':
      return plain(t('box.cost'), '', 'idle');
    case 'node':
      return plain(subject.node.name, nodeState(subject.node, words), subject.node.ready ? 'ok' : 'error');
    case 'controller':
      return controllerWords(subject.pod);
    case 'no-controller':
      return plain(t('box.noController'), '', 'error');
    case 'no-load-balancer':
      return plain(t('box.noWayIn'), '', 'idle');
    case 'rule':
      return ruleWords(subject.ingress, words);
    case 'service': {
      const { service, role } = subject.lane;
      return { name: service.name, state: service.ports.split('/')[0] ?? '', tone: 'ok', role };
    }
    case 'endpoints': {
      const { service, role } = subject.lane;
      return readyWords(service.endpoints.filter(({ ready }) => ready).length, service.endpoints.length, role, words);
    }
    case 'pod':
      return podWords(subject.pod, subject.lane?.role ?? 'plain', words);
    case 'pods':
      return readyWords(
        subject.pods.filter(({ isReady }) => isReady).length,
        subject.pods.length,
        subject.lane?.role ?? 'plain',
        words,
      );
  }
}

/** `2/2 ready`; hundreds take two lines. */
function readyWords(ready: number, all: number, role: Role, { t }: Words): BoxWords {
  const tone = ready > 0 ? 'ok' : 'error';
  if (all === 0) return { name: '0/0', state: t('box.none'), tone, role };
  if (all >= 100) return { name: String(ready), state: t('box.of', { n: all }), tone, role };
  return { name: `${ready}/${all}`, state: t('box.ready'), tone, role };
}

/** The name with its kind, for titles and screen readers. */
export function fullNameOf(subject: Subject, { name }: BoxWords, { t }: Words): string {
  switch (subject.kind) {
    case 'load-balancer':
      return t('box.balancerNamed', { name });
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
      return t('box.endpointsOf', { service: subject.lane.service.name, name });
    case 'pods':
      return t('box.podsOf', { service: subject.lane?.service.name ?? t('box.noService'), name });
    case 'cost':
      return t('kind.cost');
    default:
      return name;
  }
}

function plain(name: string, state: string, tone: Tone): BoxWords {
  return { name, state, tone, role: 'plain' };
}

function nodeState({ ready, cordoned }: { ready: boolean; cordoned: boolean }, { t }: Words): string {
  if (!ready) return 'NotReady';
  return cordoned ? t('box.cordoned') : '';
}

function balancerWords(balancer: WireLoadBalancer, secondsTo: (moment: number) => number, { t }: Words): BoxWords {
  const { state, hostname, reason, readyAt } = balancer;
  if (state === 'ready') return plain(hostname, '', 'ok');
  if (state === 'pending') {
    const countdown = readyAt === undefined ? {} : { countdown: formatSeconds(secondsTo(readyAt)) };
    return { ...plain('<pending>', reason, 'pending'), ...countdown };
  }
  return plain(
    hostname || '<pending>',
    state === 'failed' ? reason : t('box.deleting'),
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

function ruleWords({ name, served, rules, canary }: WireIngress, words: Words): BoxWords {
  const { t } = words;
  const role: Role = canary ? 'canary' : 'main';
  if (!served) return { name, state: t('box.notServed'), tone: 'error', role };
  const [only] = rules;
  const what =
    rules.length === 1 && only ? t('box.path', { path: only.path || '/' }) : t('box.rules', { n: rules.length });
  return { name, state: canary ? canaryWords(canary, words) : what, tone: 'ok', role };
}

/** What decides for a canary, in the order in which nginx asks. */
export function canaryWords(canary: NonNullable<WireIngress['canary']>, words: Words): string {
  const { header, headerValue, cookie, weight, weightTotal } = canary;
  const first = header === '' ? '' : `${header}${headerValue === '' ? '' : `=${headerValue}`}`;
  const second = cookie === '' ? '' : words.t('box.cookie', { name: cookie });
  const last = weight > 0 || (first === '' && second === '') ? weightWords(weight, weightTotal, words) : '';
  return [first, second, last].filter((part) => part !== '').join(', ');
}

/** `5 %`, or `5 of 200` where the total is not a hundred. */
function weightWords(weight: number, total: number, { t }: Words): string {
  return total === 100 ? `${weight} %` : t('box.weight', { weight, total });
}

const WAITING: ReadonlySet<string> = new Set(['Pending', 'ContainerCreating', 'PodInitializing', 'Running']);

function podWords(pod: WirePod, role: Role, { t }: Words): BoxWords {
  const name = podShortName(pod);
  if (pod.terminating) return { name, state: 'Terminating', tone: 'leaving', role };
  if (pod.isReady && pod.status === 'Running') return { name, state: 'Running', tone: 'ok', role };
  const waits = WAITING.has(pod.status);
  return {
    name,
    state: waits && pod.status === 'Running' ? t('box.notReady') : pod.status,
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
