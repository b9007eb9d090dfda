import type { Container, ContainerState, ContainerStatus } from '../api/core-v1/pod.ts';
import { formatTime } from '../sim/clock.ts';
import { hexDigits, type RandomStream } from '../sim/random.ts';

/** What the kubelet knows of a container, as far as its status shows it. */
export interface ContainerView {
  readonly spec: Container;
  readonly state: ContainerState;
  readonly lastState: ContainerState | undefined;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  /** Name in full, once the image is there. */
  readonly image: string | undefined;
  readonly imageID: string;
  readonly containerID: string | undefined;
}

/** One row of status.containerStatuses (pkg/kubelet/kubelet_pods.go convertToAPIContainerStatuses). */
export function containerStatus(view: ContainerView): ContainerStatus {
  const { spec, state, lastState, ready, started, restartCount, image, imageID, containerID } = view;
  return {
    name: spec.name,
    state,
    lastState: lastState ?? {},
    ready,
    restartCount,
    image: image ?? spec.image ?? '',
    imageID,
    ...(containerID !== undefined && { containerID }),
    started,
  };
}

/** State of a container whose program has ended; the reason follows from the code unless a fault gave one. Times in milliseconds. */
export function terminatedState(
  exitCode: number,
  reason: string | undefined,
  startedAt: number,
  finishedAt: number,
  containerID: string | undefined,
): ContainerState {
  return {
    terminated: {
      exitCode,
      reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
      startedAt: formatTime(startedAt),
      finishedAt: formatTime(finishedAt),
      ...(containerID !== undefined && { containerID }),
    },
  };
}

/** `containerd://` and 64 hexadecimal digits. */
export function newContainerID(ids: RandomStream): string {
  return `containerd://${hexDigits(ids, 64)}`;
}
