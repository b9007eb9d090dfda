import { newBadRequest } from '../apimachinery/status-error.ts';
import type { Container } from './container.ts';
import type { LogLine } from './container-log.ts';
import type { PodWorker } from './pod-worker.ts';

/** What of a pod's logs is wanted (`kubectl logs -c --previous --tail`). */
export interface LogOptions {
  container?: string;
  /** The life before the present one. */
  previous?: boolean;
  /** Only so many lines, the newest. */
  tail?: number;
}

/**
 * Lines that a container of the pod wrote, from old to new.
 * @throws StatusError BadRequest, in the words of pkg/registry/core/pod/strategy.go and pkg/kubelet/kubelet_pods.go
 */
export function podLogs({ pod, containers }: PodWorker, { container, previous = false, tail }: LogOptions): LogLine[] {
  const meant = containers.find(
    ({ spec }) => spec.name === (container ?? soleContainer(pod.metadata.name, containers)),
  );
  if (meant === undefined) throw newBadRequest(`container ${container} is not valid for pod ${pod.metadata.name}`);
  const lines = meant.log(previous, tail);
  if (lines !== undefined) return lines;
  const { name } = pod.metadata;
  if (previous) throw newBadRequest(`previous terminated container "${meant.spec.name}" in pod "${name}" not found`);
  throw newBadRequest(`container "${meant.spec.name}" in pod "${name}" is waiting to start: ${waitingText(meant)}`);
}

function soleContainer(pod: string, containers: readonly Container[]): string | undefined {
  const main = containers.filter(({ role }) => role === 'main');
  if (main.length === 1) return main[0]?.spec.name;
  const names = (list: readonly Container[]) => `[${list.map(({ spec }) => spec.name).join(' ')}]`;
  const init = containers.filter(({ role }) => role !== 'main');
  const others = init.length > 0 ? ` or one of the init containers: ${names(init)}` : '';
  throw newBadRequest(`a container name must be specified for pod ${pod}, choose one of: ${names(main)}${others}`);
}

/** The reason, or for a failed pull what the registry said: kubelet prints `trying and failing to pull image`. */
function waitingText({ state }: Container): string {
  const { reason = 'ContainerCreating' } = state.waiting ?? {};
  return reason === 'ErrImagePull' || reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}
