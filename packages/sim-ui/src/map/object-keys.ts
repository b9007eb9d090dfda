import { type ObjectKey, objectKey } from '../state/object-key.ts';
import type { Subject } from './box.ts';

/** The objects that a box stands for, as a manifest names them: a pod is its Deployment's. */
export function objectKeysOf(subject: Subject): ObjectKey[] {
  switch (subject.kind) {
    case 'load-balancer':
      return [objectKey('Service', subject.balancer.namespace, subject.balancer.name)];
    case 'rule':
      return [objectKey('Ingress', subject.ingress.namespace, subject.ingress.name)];
    case 'service':
    case 'endpoints':
      return [objectKey('Service', subject.lane.service.namespace, subject.lane.service.name)];
    case 'controller':
    case 'pod':
      return podKeys(subject.pod);
    case 'pods':
      return subject.pods.flatMap(podKeys);
    case 'node':
      return [objectKey('Node', 'default', subject.node.name)];
    default:
      return [];
  }
}

function podKeys({ namespace, app, name }: { namespace: string; app: string; name: string }): ObjectKey[] {
  return [
    ...['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => objectKey(kind, namespace, app)),
    objectKey('Pod', namespace, name),
  ];
}
