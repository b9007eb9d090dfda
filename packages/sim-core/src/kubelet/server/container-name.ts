import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { newBadRequest, newNotFound } from '../../apimachinery/status-error.ts';
import type { Client } from '../../client/client.ts';

/** The pod of a request to one of its subresources. @throws StatusError NotFound */
export function getPod(client: Client, namespace: string, name: string): Pod {
  const pod = client.get(pods, namespace, name);
  if (pod === undefined) throw newNotFound(pods, name);
  return pod;
}

/**
 * The container that is meant: the named one, or the only one.
 * @throws StatusError BadRequest (pkg/registry/core/pod/strategy.go validateContainer)
 */
export function containerName({ metadata, spec }: Pod, wanted: string | undefined): string {
  const { containers, initContainers = [], ephemeralContainers = [] } = spec;
  if (wanted !== undefined && wanted !== '') {
    const all = [...containers, ...initContainers, ...ephemeralContainers];
    if (all.some(({ name }) => name === wanted)) return wanted;
    throw newBadRequest(`container ${wanted} is not valid for pod ${metadata.name}`);
  }
  const [first, second] = containers;
  if (first === undefined) throw newBadRequest(`a container name must be specified for pod ${metadata.name}`);
  if (second === undefined) return first.name;
  const others = initContainers.length > 0 ? ` or one of the init containers: ${namesOf(initContainers)}` : '';
  throw newBadRequest(
    `a container name must be specified for pod ${metadata.name}, choose one of: ${namesOf(containers)}${others}`,
  );
}

function namesOf(containers: readonly { name: string }[]): string {
  return `[${containers.map(({ name }) => name).join(' ')}]`;
}
