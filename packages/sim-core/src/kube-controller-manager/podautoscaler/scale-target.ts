import type { ObjectReference } from '../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import { groupResource, type Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Client } from '../../client/client.ts';

/** What an autoscaler scales. */
export interface ScaleTarget {
  readonly kind: Kind;
  readonly object: KubeObject;
  /** spec.replicas */
  readonly replicas: number;
  /** status.selector, as text; '' for none. */
  readonly selector: string;
}

/** Finds the target and its scale. @returns why not, in the API server's words, where there is none */
export function scaleTarget(
  { apiVersion = '', kind: kindName, name }: ObjectReference,
  namespace: string,
  client: Client,
  kinds: readonly Kind[],
): ScaleTarget | string {
  const [first = '', version] = apiVersion.split('/');
  const group = version === undefined ? '' : first;
  const kind = kinds.find((each) => each.group === group && each.kind === kindName && each.stored === undefined);
  if (kind === undefined) return `no matches for kind "${kindName}" in group "${group}"`;
  const { scale } = kind;
  if (scale === undefined) return 'the server could not find the requested resource';
  const object = client.get(kind, namespace, name);
  if (object === undefined) return `${groupResource(kind)} "${name}" not found`;
  return { kind, object, replicas: scale.replicas(object), selector: scale.selector(object) };
}
