import type { Container, Pod, PodSpec, PodTemplateSpec } from '../pod.ts';
import { withContainerDefaults } from './container-defaults.ts';
import { withVolumeDefaults } from './volume-defaults.ts';

/*
 * pkg/apis/core/v1/defaults.go. Containers and volumes are replaced, never changed in place: those of a pod that a
 * controller stamps are the stored template's own and read-only. What is read-only has its defaults already.
 */

/** What a bare pod gets beyond {@link setPodSpecDefaults} (`SetDefaults_Pod`). */
export function setPodDefaults(pod: Pod): void {
  pod.spec ??= { containers: [] };
  setPodSpecDefaults(pod.spec);
  pod.spec.enableServiceLinks ??= true;
  pod.spec.containers = pod.spec.containers.map(withRequests);
  pod.spec.initContainers = pod.spec.initContainers?.map(withRequests);
  if (pod.spec.hostNetwork !== true) return;
  pod.spec.containers = pod.spec.containers.map(withHostPorts);
  pod.spec.initContainers = pod.spec.initContainers?.map(withHostPorts);
}

/** The template inside a workload. The time is there because v1.33 prints one; it is never set. */
export function setPodTemplateDefaults(template: PodTemplateSpec): void {
  if (Object.isFrozen(template) || Object.isFrozen(template.spec)) return;
  template.metadata = { creationTimestamp: null, ...template.metadata } as PodTemplateSpec['metadata'];
  template.spec ??= { containers: [] };
  setPodSpecDefaults(template.spec);
}

/** What pods and templates have in common (`SetDefaults_PodSpec`, `SetObjectDefaults_PodTemplate`). */
export function setPodSpecDefaults(spec: PodSpec): void {
  spec.containers = (spec.containers ?? []).map(withContainerDefaults);
  if (spec.initContainers) spec.initContainers = spec.initContainers.map(withContainerDefaults);
  if (spec.volumes) spec.volumes = spec.volumes.map(withVolumeDefaults);
  spec.restartPolicy ||= 'Always';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ||= 'ClusterFirst';
  spec.securityContext ??= {};
  spec.schedulerName ||= 'default-scheduler';
  // Two names of one field: the old one follows the new one.
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
}

/** A limit without a request is requested too; pods only, templates keep what they say. */
function withRequests(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  const missing = Object.keys(limits ?? {}).filter((name) => requests?.[name] === undefined);
  if (limits === undefined || missing.length === 0) return container;
  const added = Object.fromEntries(missing.map((name) => [name, limits[name] as string]));
  return { ...container, resources: { ...container.resources, requests: { ...requests, ...added } } };
}

function withHostPorts(container: Container): Container {
  if (!container.ports?.some(({ hostPort }) => !hostPort)) return container;
  const ports = container.ports.map((port) => ({ ...port, hostPort: port.hostPort || port.containerPort }));
  return { ...container, ports };
}
