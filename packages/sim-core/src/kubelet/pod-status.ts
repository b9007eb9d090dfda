import { qosClassOf } from '../api/core-v1/pod/qos.ts';
import type { ContainerStatus, PodSpec, PodStatus } from '../api/core-v1/pod.ts';
import { isRestartableInit, podConditions } from './pod-conditions.ts';
import type { PodView } from './pod-view.ts';

/** status of a pod (pkg/kubelet/kubelet_pods.go generateAPIPodStatus). */
export function podStatus(view: PodView): PodStatus {
  const { pod, containerStatuses, initContainerStatuses, ephemeralContainerStatuses, podIp, hostIp, failure } = view;
  const phase = failure === undefined ? podPhase(view) : 'Failed';
  return {
    phase,
    conditions: podConditions(view, phase),
    ...(failure && { reason: failure.reason, message: failure.message }),
    hostIP: hostIp,
    hostIPs: [{ ip: hostIp }],
    ...(podIp !== undefined && { podIP: podIp, podIPs: [{ ip: podIp }] }),
    startTime: view.startTime,
    ...(initContainerStatuses.length > 0 && { initContainerStatuses }),
    containerStatuses,
    ...(ephemeralContainerStatuses.length > 0 && { ephemeralContainerStatuses }),
    qosClass: pod.status?.qosClass ?? qosClassOf(pod.spec),
  };
}

/** The phase that the containers add up to (pkg/kubelet/kubelet_pods.go getPhase). */
function podPhase({
  pod,
  containerStatuses,
  initContainerStatuses,
  initialized,
  terminal,
}: PodView): NonNullable<PodStatus['phase']> {
  const { restartPolicy = 'Always' } = pod.spec;
  if (!initialized) return initFailed(pod.spec, initContainerStatuses) ? 'Failed' : 'Pending';
  const count = { running: 0, waiting: 0, stopped: 0, succeeded: 0 };
  for (const { state, lastState } of containerStatuses) {
    if (state?.running) count.running++;
    else if (state?.terminated || lastState?.terminated) count.stopped++;
    else count.waiting++;
    if (state?.terminated?.exitCode === 0) count.succeeded++;
  }
  if (count.waiting > 0) return 'Pending';
  if (count.running > 0) return 'Running';
  if (terminal) return count.stopped === count.succeeded ? 'Succeeded' : 'Failed';
  if (restartPolicy === 'Always') return 'Running';
  if (count.stopped === count.succeeded) return 'Succeeded';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

function initFailed(spec: PodSpec, statuses: readonly ContainerStatus[]): boolean {
  if (spec.restartPolicy !== 'Never') return false;
  return statuses.some(
    ({ state }, i) => (state?.terminated?.exitCode ?? 0) !== 0 && !isRestartableInit(spec.initContainers?.[i]),
  );
}
