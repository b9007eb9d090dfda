import type { Field, StructType, Type } from '../schema/types.ts';

/**
 * Members that Go holds by value, not by pointer: they are there, with nothing in them, in an object that was just made
 * (k8s.io/api/<group>/<version>/types.go). Other required members are there as well; lists and pointers as null.
 */
const BY_VALUE: Readonly<Record<string, readonly string[]>> = Object.freeze({
  ObjectMeta: ['creationTimestamp'],
  DeploymentSpec: ['strategy', 'template'],
  ReplicaSetSpec: ['template'],
  StatefulSetSpec: ['template', 'updateStrategy'],
  DaemonSetSpec: ['template', 'updateStrategy'],
  JobSpec: ['template'],
  CronJobSpec: ['jobTemplate'],
  HorizontalPodAutoscalerSpec: ['scaleTargetRef'],
  NetworkPolicySpec: ['podSelector'],
  PersistentVolumeClaimSpec: ['resources'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  ServiceStatus: ['loadBalancer'],
  IngressStatus: ['loadBalancer'],
  NodeStatus: ['daemonEndpoints', 'nodeInfo'],
  NodeDaemonEndpoints: ['kubeletEndpoint'],
  CoreV1Event: ['involvedObject', 'source'],
});

const PARTS = Object.freeze(['metadata', 'spec', 'status']);

/**
 * An object of a kind as Go makes it before anything is put in: what the first write of an object is compared with, so
 * that nobody owns `spec` for having filled it.
 */
export function zeroValue(type: StructType): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, field] of type.fields) {
    const byValue = isByValue(type, name);
    if (byValue && field.type.kind === 'struct') value[name] = zeroValue(field.type);
    else if (byValue || field.required) value[name] = zeroOf(field);
  }
  return value;
}

function isByValue(type: StructType, name: string): boolean {
  return (
    BY_VALUE[type.name]?.includes(name) === true ||
    (PARTS.includes(name) && (type.fields.has('kind') || type.name.endsWith('TemplateSpec')))
  );
}

function zeroOf({ type }: Field): unknown {
  return type.kind === 'scalar' ? zeroScalar(type) : null;
}

function zeroScalar(type: Extract<Type, { kind: 'scalar' }>): unknown {
  switch (type.scalar) {
    case 'bool':
      return false;
    case 'int32':
    case 'int64':
    case 'double':
      return 0;
    case 'string':
      return '';
    default:
      return null;
  }
}
