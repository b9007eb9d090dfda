import { configMaps } from '../api/core-v1/config-map.ts';
import { type Pod, pods } from '../api/core-v1/pod.ts';
import { secrets } from '../api/core-v1/secret.ts';
import { findCondition } from '../apimachinery/condition.ts';
import type { Client } from '../client/client.ts';

/** Reasons of waiting containers that only a person can do something about. */
const HOPELESS: readonly string[] = Object.freeze([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'RunContainerError',
]);

/** Pods that get nowhere by themselves: no node takes them, no image is there, what they mount does not exist … */
export function stuckPods(client: Client): Pod[] {
  return client.list(pods).filter((pod) => pod.metadata.deletionTimestamp === undefined && isStuck(pod, client));
}

function isStuck(pod: Pod, client: Client): boolean {
  const { status = {} } = pod;
  if (findCondition(status.conditions, 'PodScheduled')?.reason === 'Unschedulable') return true;
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const reasons = containers.map(({ state }) => state?.waiting?.reason ?? '');
  if (reasons.some((reason) => HOPELESS.includes(reason))) return true;
  return reasons.includes('ContainerCreating') && lacksVolume(pod, client);
}

function lacksVolume({ metadata: { namespace = '' }, spec }: Pod, client: Client): boolean {
  return (spec.volumes ?? []).some(({ configMap, secret }) => {
    if (configMap?.name !== undefined && configMap.optional !== true) {
      return client.get(configMaps, namespace, configMap.name) === undefined;
    }
    if (secret?.secretName === undefined || secret.optional === true) return false;
    return client.get(secrets, namespace, secret.secretName) === undefined;
  });
}
