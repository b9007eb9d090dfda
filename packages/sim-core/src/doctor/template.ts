import { type Deployment, deployments } from '../api/apps-v1/deployment.ts';
import { replicaSets } from '../api/apps-v1/replica-set.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import { controllerOf } from '../apimachinery/object-meta.ts';
import type { ObjectName } from '../wire.ts';
import { nameOf } from './finding.ts';
import type { World } from './world.ts';

/** Where the user wrote what a pod is: a Deployment's template, or the pod itself. */
export interface Template {
  readonly object: ObjectName;
  /** Path from the object to the pod's `metadata` and `spec`: `spec.template.` or ''. */
  readonly prefix: string;
}

/** What a pod was stamped from. */
export function templateOf(pod: Pod, { client }: World): Template {
  const namespace = pod.metadata.namespace ?? '';
  const owner = controllerOf(pod);
  const replicaSet = owner?.kind === 'ReplicaSet' ? client.get(replicaSets, namespace, owner.name) : undefined;
  const name = replicaSet && controllerOf(replicaSet)?.name;
  const deployment: Deployment | undefined = name === undefined ? undefined : client.get(deployments, namespace, name);
  if (deployment !== undefined) return { object: nameOf(deployment), prefix: 'spec.template.' };
  return replicaSet === undefined
    ? { object: nameOf(pod), prefix: '' }
    : { object: nameOf(replicaSet), prefix: 'spec.template.' };
}
