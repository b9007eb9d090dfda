import { PlainTextError } from '../../apimachinery/plain-text-error.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import type { Container } from '../container.ts';
import type { ContainerLife } from '../life.ts';
import { containerName, getPod } from './container-name.ts';
import type { ServerParts } from './server-parts.ts';

/** A container that runs. */
export interface RunningContainer {
  readonly container: Container;
  readonly life: ContainerLife;
}

/**
 * The container that exec and attach mean (pkg/registry/core/pod/strategy.go streamLocation; pkg/kubelet/kubelet_pods.go findContainer,
 * which knows those that run).
 * @throws StatusError NotFound, BadRequest, or the kubelet's own 500
 */
export function runningContainer(
  parts: ServerParts,
  namespace: string,
  pod: string,
  wanted: string | undefined,
): RunningContainer {
  const found = getPod(parts.client, namespace, pod);
  const name = containerName(found, wanted);
  if (!found.spec.nodeName) throw newBadRequest(`pod ${pod} does not have a host assigned`);
  const container = parts.container(namespace, pod, name);
  const life = container?.life;
  if (container === undefined || life?.context === undefined)
    throw new PlainTextError(`container not found ("${name}")`);
  return { container, life };
}
