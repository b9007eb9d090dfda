import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';

/** The manager of what `kubectl apply` writes. */
export const CLIENT_SIDE_APPLY = 'kubectl-client-side-apply';

const CONTROLLER_MANAGER = 'kube-controller-manager';

/** The programs behind our components' users, where the name does not tell: User-Agents of a real cluster. */
const PROGRAMS: Readonly<Record<string, string>> = Object.freeze({
  apiserver: 'kube-apiserver',
  nodes: 'kubelet',
  'ingress-nginx': 'nginx-ingress-controller',
  'nginx-ingress-controller': 'nginx-ingress-controller',
  'service-controller': 'cloud-controller-manager',
  'kubernetes-admin': 'kubectl',
  admin: 'kubectl',
});

/** Under which name a component of ours owns what it writes: its program's, as a real cluster has it. */
export function programOf(user: string): string {
  const name = user.replace(/^system:/, '');
  const known = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  return known ?? (name.endsWith('-controller') ? CONTROLLER_MANAGER : name);
}

/** Kinds that others than the controller manager make. */
const CREATORS: Readonly<Record<string, string>> = Object.freeze({
  Node: 'kubelet',
  Namespace: 'kube-apiserver',
  ClusterRole: 'kube-apiserver',
  ClusterRoleBinding: 'kube-apiserver',
});

/** Kinds whose status others than the controller manager write. */
const STATUS_WRITERS: Readonly<Record<string, string>> = Object.freeze({
  Pod: 'kubelet',
  Node: 'kubelet',
  Service: 'cloud-controller-manager',
  Ingress: 'nginx-ingress-controller',
});

/** Who made an object of which nobody kept track. */
export function creatorOf(object: KubeObject): string {
  const { kind, metadata } = object;
  if (metadata.annotations?.[LAST_APPLIED] !== undefined) return CLIENT_SIDE_APPLY;
  if (kind === 'Event') return reporterOf(object);
  if (metadata.name === 'kubernetes' && metadata.namespace === 'default') return 'kube-apiserver';
  if (kind === 'Lease') return metadata.namespace === 'kube-node-lease' ? 'kubelet' : 'nginx-ingress-controller';
  return CREATORS[kind] ?? CONTROLLER_MANAGER;
}

function reporterOf(event: KubeObject): string {
  const { source } = event as { source?: { component?: string } };
  return source?.component === undefined ? CONTROLLER_MANAGER : programOf(source.component);
}

/** Who wrote the status of an object of which nobody kept track. */
export function statusWriterOf({ kind }: KubeObject): string {
  return STATUS_WRITERS[kind] ?? CONTROLLER_MANAGER;
}
