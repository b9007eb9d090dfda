import { findCondition, isConditionTrue } from '../../../apimachinery/condition.ts';
import { ageOf } from '../../columns.ts';
import type { ContainerState, ContainerStatus, Pod } from '../pod.ts';

/** The cells READY, STATUS and RESTARTS of a pod. */
export interface PodSummary {
  /** `1/2` */
  readonly ready: string;
  /** `Running`, `CrashLoopBackOff`, `Init:0/1` … */
  readonly status: string;
  /** `4 (47m ago)` */
  readonly restarts: string;
}

/** What was found while walking over containers. */
interface Walk {
  reason: string;
  ready: number;
  restarts: number;
  lastRestart: string;
}

/**
 * A pod in three words, by the rules of `kubectl get pods` (pkg/printers/internalversion/printers.go printPod): init
 * containers first; once they are through, the first container in order that waits or has ended wins.
 *
 * @param now cluster time in milliseconds, for the age of the last restart
 */
export function podSummary(pod: Pod, now = 0): PodSummary {
  const { spec, status = {} } = pod;
  const sidecars = new Set(
    spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  );
  const walk: Walk = { reason: initialReason(pod), ready: 0, restarts: 0, lastRestart: '' };
  const initializing = walkInitContainers(pod, sidecars, walk);
  if (!initializing || isConditionTrue(status.conditions, 'Initialized')) walkContainers(pod, sidecars, walk);
  const when = walk.restarts > 0 && walk.lastRestart !== '' ? ` (${ageOf(walk.lastRestart, now)} ago)` : '';
  return {
    ready: `${walk.ready}/${spec.containers.length + sidecars.size}`,
    status: deletionReason(pod) ?? walk.reason,
    restarts: `${walk.restarts}${when}`,
  };
}

function initialReason({ status = {} }: Pod): string {
  const gated = findCondition(status.conditions, 'PodScheduled')?.reason === 'SchedulingGated';
  return gated ? 'SchedulingGated' : status.reason || (status.phase ?? 'Unknown');
}

function deletionReason({ metadata, status = {} }: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status.reason === 'NodeLost') return 'Unknown';
  return status.phase === 'Succeeded' || status.phase === 'Failed' ? undefined : 'Terminating';
}

/** @returns whether an init container still stands in the way */
function walkInitContainers({ spec, status }: Pod, sidecars: ReadonlySet<string>, walk: Walk): boolean {
  const statuses = status?.initContainerStatuses ?? [];
  for (const [index, container] of statuses.entries()) {
    countRestarts(container, walk);
    const { terminated } = container.state ?? {};
    const sidecarRuns = sidecars.has(container.name) && container.started === true;
    if (sidecarRuns && terminated?.exitCode !== 0 && container.ready) walk.ready++;
    if (terminated?.exitCode === 0 || sidecarRuns) continue;
    walk.reason = `Init:${initReason(container.state, index, spec.initContainers?.length ?? 0)}`;
    return true;
  }
  return false;
}

function initReason({ terminated, waiting }: ContainerState = {}, index: number, total: number): string {
  if (terminated !== undefined) return endReason(terminated);
  const waits = waiting?.reason && waiting.reason !== 'PodInitializing';
  return waits ? (waiting.reason ?? '') : `${index}/${total}`;
}

function endReason({ reason, signal, exitCode }: NonNullable<ContainerState['terminated']>): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

/** Restarts of init containers no longer count here, those of sidecars do. */
function walkContainers({ status }: Pod, sidecars: ReadonlySet<string>, walk: Walk): void {
  Object.assign(walk, { restarts: 0, lastRestart: '' });
  for (const each of status?.initContainerStatuses ?? []) if (sidecars.has(each.name)) countRestarts(each, walk);
  let running = false;
  for (const container of (status?.containerStatuses ?? []).toReversed()) {
    countRestarts(container, walk);
    const { waiting, terminated, running: runs } = container.state ?? {};
    if (waiting?.reason) walk.reason = waiting.reason;
    else if (terminated !== undefined) walk.reason = endReason(terminated);
    else if (container.ready && runs !== undefined) {
      running = true;
      walk.ready++;
    }
  }
  // One container has done its work while another one serves: that is no completed pod.
  if (walk.reason === 'Completed' && running) {
    walk.reason = isConditionTrue(status?.conditions, 'Ready') ? 'Running' : 'NotReady';
  }
}

function countRestarts({ restartCount, lastState }: ContainerStatus, walk: Walk): void {
  walk.restarts += restartCount;
  const ended = lastState?.terminated?.finishedAt ?? '';
  if (ended > walk.lastRestart) walk.lastRestart = ended;
}
