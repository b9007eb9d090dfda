import type { Container, ContainerStatus, PodStatus } from '../api/core-v1/pod.ts';
import { type Condition, findCondition } from '../apimachinery/condition.ts';
import type { PodView } from './pod-view.ts';

type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

const TRUE: Verdict = Object.freeze({ status: 'True' });

/** Types that the kubelet sets, in the order in which it lists them; those of others follow. */
const OWNED: readonly string[] = Object.freeze([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
]);

/** status.conditions of a pod (pkg/kubelet/status/generate.go). Times move only when a status changes. */
export function podConditions(view: PodView, phase: NonNullable<PodStatus['phase']>): Condition[] {
  const old = view.pod.status?.conditions ?? [];
  const containersReady = containersReadyVerdict(view, phase);
  const verdicts: readonly [type: string, verdict: Verdict][] = [
    ['PodReadyToStartContainers', view.hasSandbox ? TRUE : { status: 'False' }],
    ['Initialized', initializedVerdict(view, phase)],
    ['Ready', containersReady.status === 'True' ? readinessGatesVerdict(view, old) : containersReady],
    ['ContainersReady', containersReady],
  ];
  const conditions = verdicts.map(([type, verdict]) => condition(type, verdict, old, view.now));
  const others = old.filter(({ type }) => !OWNED.includes(type));
  return [
    ...conditions,
    findCondition(old, 'PodScheduled') ?? condition('PodScheduled', TRUE, old, view.now),
    ...others,
  ];
}

/** Whether an init container keeps running beside the others (a native sidecar). */
export function isRestartableInit(container: Container | undefined): boolean {
  return container?.restartPolicy === 'Always';
}

function condition(
  type: string,
  { status, reason, message }: Verdict,
  old: readonly Condition[],
  now: string,
): Condition {
  const before = findCondition(old, type);
  const made: Condition = { type, status };
  if (reason !== undefined) made.reason = reason;
  if (message !== undefined) made.message = message;
  made.lastProbeTime = null;
  made.lastTransitionTime = before?.status === status ? (before.lastTransitionTime ?? now) : now;
  return made;
}

function initializedVerdict({ pod, initContainerStatuses, initialized }: PodView, phase: PodStatus['phase']): Verdict {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  if (initialized) return TRUE;
  const incomplete = initContainerStatuses.filter(
    ({ ready, started }, i) => !(isRestartableInit(pod.spec.initContainers?.[i]) ? started : ready),
  );
  const message = `containers with incomplete status: ${names(incomplete)}`;
  return { status: 'False', reason: 'ContainersNotInitialized', message };
}

function containersReadyVerdict(
  { pod, containerStatuses, initContainerStatuses }: PodView,
  phase: PodStatus['phase'],
): Verdict {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const sidecars = initContainerStatuses.filter((_status, i) => isRestartableInit(pod.spec.initContainers?.[i]));
  const unready = [...sidecars, ...containerStatuses].filter(({ ready }) => !ready);
  if (unready.length === 0) return TRUE;
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: ${names(unready)}`,
  };
}

function readinessGatesVerdict({ pod }: PodView, conditions: readonly Condition[]): Verdict {
  const problems = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const gate = findCondition(conditions, conditionType);
    if (gate === undefined) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    return gate.status === 'True'
      ? []
      : [`the status of pod readiness gate "${conditionType}" is not "True", but ${gate.status}`];
  });
  return problems.length === 0
    ? TRUE
    : { status: 'False', reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}

function names(statuses: readonly ContainerStatus[]): string {
  return `[${statuses.map(({ name }) => name).join(' ')}]`;
}
