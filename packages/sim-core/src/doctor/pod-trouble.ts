import { type Event, events } from '../api/core-v1/event.ts';
import type { Container, ContainerStatus, Pod } from '../api/core-v1/pod.ts';
import { findCondition, isConditionTrue } from '../apimachinery/condition.ts';
import { controllerOf } from '../apimachinery/object-meta.ts';
import type { World } from './world.ts';

/** Why a pod is not ready. */
export interface Trouble {
  /** In a few words: `ErrImagePull`, `readiness probe fails`. */
  readonly reason: string;
  readonly message: string;
  /** Field of the pod's spec, from `spec`. */
  readonly field: string;
  readonly fix: string;
  /** It may get well by itself: it is only starting. */
  readonly starting: boolean;
}

/** Warnings by the uid of their object, in the order in which they came. */
export type Warnings = ReadonlyMap<string, readonly Event[]>;

/** Gathers all warnings once, so that many pods can be looked at. */
export function warningsIn({ client }: World): Warnings {
  const warnings = new Map<string, Event[]>();
  for (const event of client.list(events)) {
    if (event.type !== 'Warning') continue;
    const uid = event.involvedObject.uid ?? '';
    const own = warnings.get(uid) ?? [];
    warnings.set(uid, own);
    own.push(event);
  }
  return warnings;
}

/** Why a pod is not ready; undefined for one that is, has done its work, or is on its way out. */
export function podTrouble(pod: Pod, warnings: Warnings): Trouble | undefined {
  const { metadata, status = {} } = pod;
  if (metadata.deletionTimestamp !== undefined || status.phase === 'Succeeded' || controllerOf(pod)?.kind === 'Job')
    return undefined;
  if (isConditionTrue(status.conditions, 'Ready')) return undefined;
  return (
    unscheduled(pod) ?? killedByProbe(pod, warnings) ?? waitingContainer(pod) ?? warned(pod, warnings) ?? starting(pod)
  );
}

function unscheduled({ status }: Pod): Trouble | undefined {
  const scheduled = findCondition(status?.conditions, 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  const fix = 'Lower its resource requests, or set its nodeSelector, affinity and tolerations right.';
  return {
    reason: scheduled.reason ?? 'Unschedulable',
    message: scheduled.message ?? 'no node takes it',
    field: 'spec',
    fix,
    starting: false,
  };
}

/** What the kubelet says of a container that waits: `containers[0]` or `initContainers[1]`, and its status. */
function waitingContainer(pod: Pod): Trouble | undefined {
  for (const list of ['initContainers', 'containers'] as const) {
    const statuses = (list === 'containers' ? pod.status?.containerStatuses : pod.status?.initContainerStatuses) ?? [];
    for (const status of statuses) {
      const index = (pod.spec[list] ?? []).findIndex(({ name }) => name === status.name);
      const rule =
        WAITING[status.state?.waiting?.reason ?? ''] ?? (hasCrashed(status) ? WAITING['CrashLoopBackOff'] : undefined);
      if (rule !== undefined) return rule(status, `spec.${list}[${Math.max(0, index)}]`, pod.metadata.name);
    }
  }
  return undefined;
}

/** A container that its liveness or startup probe has killed: its own last words would tell nothing. */
function killedByProbe(pod: Pod, warnings: Warnings): Trouble | undefined {
  const own = warnings.get(pod.metadata.uid ?? '') ?? [];
  const restarted = pod.status?.containerStatuses?.find(wasStopped);
  const failed = own.findLast(({ reason, message }) => reason === 'Unhealthy' && /^(Liveness|Startup) /.test(message));
  if (restarted === undefined || failed === undefined) return undefined;
  const kind = failed.message.startsWith('Startup') ? ('startupProbe' as const) : ('livenessProbe' as const);
  const index = probed(pod, restarted.name, kind);
  const { message } = failed;
  const says = `container ${restarted.name} is killed and started again and again, because its ${kind} fails: ${message}`;
  return {
    reason: 'KilledByProbe',
    message: says + declared(pod.spec.containers[index], kind),
    field: `spec.containers[${index}].${kind}`,
    fix: `Make the ${kind} ask a port and path that the program answers, or take it away.`,
    starting: false,
  };
}

/** How a container ends that was told to stop (SIGTERM, SIGKILL), or that stopped nicely. */
const STOPPED: readonly number[] = Object.freeze([0, 137, 143]);

function wasStopped({ restartCount, lastState, state }: ContainerStatus): boolean {
  const { exitCode } = state?.terminated ?? lastState?.terminated ?? {};
  return restartCount > 0 && exitCode !== undefined && STOPPED.includes(exitCode);
}

/** Index of the container that has such a probe: the named one, where it has. */
function probed({ spec }: Pod, name: string | undefined, kind: ProbeField): number {
  const index = spec.containers.findIndex((container) => container.name === name && container[kind] !== undefined);
  return Math.max(0, index);
}

type ProbeField = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

function hasCrashed({ state, lastState, ready }: ContainerStatus): boolean {
  return !ready && ((state?.terminated?.exitCode ?? 0) !== 0 || (lastState?.terminated?.exitCode ?? 0) !== 0);
}

type Rule = (status: ContainerStatus, field: string, pod: string) => Trouble;

const badImage: Rule = ({ state, image }, field) => ({
  reason: state?.waiting?.reason ?? '',
  message: `image ${image} cannot be pulled: ${state?.waiting?.message ?? ''}`,
  field: `${field}.image`,
  fix: 'Set the name and tag of the image right.',
  starting: false,
});

const crashing: Rule = ({ name, lastState, state, restartCount }, field, pod) => {
  const { exitCode = 0, reason = 'Error' } = state?.terminated ?? lastState?.terminated ?? {};
  const message = `container ${name} ends again and again (${reason}, exit code ${exitCode}, ${restartCount} restarts)`;
  return {
    reason: 'CrashLoopBackOff',
    message,
    field,
    fix: `Look at its last words: kubectl logs ${pod} --previous.`,
    starting: false,
  };
};

const badConfiguration: Rule = ({ name, state }, field) => ({
  reason: state?.waiting?.reason ?? '',
  message: `container ${name} cannot be made: ${state?.waiting?.message ?? ''}`,
  field,
  fix: 'Apply the ConfigMap or Secret that it names, or set the name and key right.',
  starting: false,
});

const WAITING: Readonly<Record<string, Rule>> = Object.freeze({
  ErrImagePull: badImage,
  ImagePullBackOff: badImage,
  InvalidImageName: badImage,
  ErrImageNeverPull: badImage,
  CrashLoopBackOff: crashing,
  CreateContainerConfigError: badConfiguration,
  CreateContainerError: badConfiguration,
  RunContainerError: badConfiguration,
});

/** What its newest warnings tell: a volume that is not there, a probe that fails. */
function warned(pod: Pod, warnings: Warnings): Trouble | undefined {
  const own = warnings.get(pod.metadata.uid ?? '') ?? [];
  const mount = own.findLast(({ reason }) => reason === 'FailedMount');
  if (mount !== undefined && pod.status?.phase === 'Pending') {
    return {
      reason: 'FailedMount',
      message: mount.message,
      field: 'spec.volumes',
      fix: 'Apply the ConfigMap or Secret that the volume names, or set its name right.',
      starting: false,
    };
  }
  const unhealthy = own.findLast(({ reason, message }) => reason === 'Unhealthy' && !message.startsWith('Liveness'));
  return unhealthy === undefined ? undefined : failingProbe(pod, unhealthy.message);
}

function failingProbe(pod: Pod, message: string): Trouble {
  const { spec, status } = pod;
  const kind = message.startsWith('Startup') ? ('startupProbe' as const) : ('readinessProbe' as const);
  const index = probed(pod, status?.containerStatuses?.find(({ ready }) => !ready)?.name, kind);
  const field = `spec.containers[${index}].${kind}`;
  return {
    reason: 'ProbeFails',
    message: `${message}${declared(spec.containers[index], kind)}`,
    field,
    fix: 'Make the probe ask a port and path that the program answers.',
    starting: false,
  };
}

function declared(container: Container | undefined, kind: ProbeField): string {
  const probe = container?.[kind];
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
  const ports = (container?.ports ?? []).map(({ containerPort }) => containerPort);
  if (typeof port !== 'number' || ports.length === 0 || ports.includes(port)) return '';
  return ` (it asks port ${port}; the container declares ${ports.join(', ')})`;
}

function starting({ status }: Pod): Trouble {
  const gate = findCondition(status?.conditions, 'Ready');
  const gates = gate?.reason === 'ReadinessGatesNotReady' ? `: ${gate.message}` : '';
  return {
    reason: 'Starting',
    message: `it is not ready yet${gates}`,
    field: 'spec',
    fix: 'Wait; kubectl get pods shows when it is.',
    starting: true,
  };
}
