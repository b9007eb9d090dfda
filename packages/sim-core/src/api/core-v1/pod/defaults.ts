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
  completeContainers(pod.spec, withRequests);
  if (pod.spec.hostNetwork === true) completeContainers(pod.spec, withHostPorts);
}

function completeContainers(spec: PodSpec, complete: (container: Container) => Container): void {
  spec.containers = mapChanged(spec.containers, complete);
  if (spec.initContainers) spec.initContainers = mapChanged(spec.initContainers, complete);
}

/** The list with each item completed; the list itself where nothing changed, so that pods of one template share it. */
function mapChanged<T>(list: T[], complete: (item: T) => T): T[] {
  const completed = list.map(complete);
  return completed.every((item, i) => item === list[i]) ? list : completed;
}

/** The template inside a workload. The time is there because v1.33 prints one; it is never set. */
export function setPodTemplateDefaults(template: PodTemplateSpec): void {
  if (Object.isFrozen(template) || (template.spec && Object.isFrozen(template.spec))) return;
  template.metadata = { creationTimestamp: null, ...template.metadata } as PodTemplateSpec['metadata'];
  template.spec ??= { containers: [] };
  setPodSpecDefaults(template.spec);
}

/** What pods and templates have in common (`SetDefaults_PodSpec`, `SetObjectDefaults_PodTemplate`). */
function setPodSpecDefaults(spec: PodSpec): void {
  spec.containers ??= [];
  completeContainers(spec, withContainerDefaults);
  if (spec.ephemeralContainers) {
    spec.ephemeralContainers = mapChanged(spec.ephemeralContainers, withContainerDefaults);
  }
  if (spec.volumes) spec.volumes = mapChanged(spec.volumes, withVolumeDefaults);
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
