import type { Service } from '../api/core-v1/service.ts';
import { deepEqual } from '../apimachinery/deep.ts';
import { LOAD_BALANCER_FINALIZER } from './service-writes.ts';

/** A change of a Service that its load balancer must follow. */
export interface ServiceChange {
  /** Event that tells of it; most changes have none. */
  readonly event?: { readonly reason: string; readonly message: string };
}

/** Whether the default controller serves this Service: a class means another controller (controllers/service/controller.go wantsLoadBalancer). */
export function wantsLoadBalancer({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

/** Whether a load balancer must go: its finalizer stands on a Service that is being deleted or is of another type now. */
export function needsCleanup({ metadata, spec }: Service): boolean {
  if (!metadata.finalizers?.includes(LOAD_BALANCER_FINALIZER)) return false;
  return metadata.deletionTimestamp !== undefined || spec.type !== 'LoadBalancer';
}

/** Fields that concern the load balancer, in the order in which upstream compares them (needsUpdate); with a reason: told in an event. */
const FIELDS: readonly { reason?: string; read(service: Service): unknown }[] = [
  { reason: 'LoadBalancerSourceRanges', read: ({ spec }) => spec.loadBalancerSourceRanges ?? [] },
  { read: ({ spec }) => spec.ports },
  { read: ({ spec }) => [spec.sessionAffinity, spec.sessionAffinityConfig] },
  { reason: 'LoadbalancerIP', read: ({ spec }) => spec.loadBalancerIP },
  { read: ({ spec }) => spec.externalIPs },
  { read: ({ metadata }) => metadata.annotations },
  { reason: 'UID', read: ({ metadata }) => metadata.uid },
  { reason: 'ExternalTrafficPolicy', read: ({ spec }) => spec.externalTrafficPolicy },
  { reason: 'HealthCheckNodePort', read: ({ spec }) => spec.healthCheckNodePort },
];

/** The first change from `old` to `service` that concerns the load balancer; undefined when there is none. */
export function changeOf(old: Service, service: Service): ServiceChange | undefined {
  if (!wantsLoadBalancer(old) && !wantsLoadBalancer(service)) return undefined;
  if (wantsLoadBalancer(old) !== wantsLoadBalancer(service)) {
    return { event: { reason: 'Type', message: `${old.spec.type} -> ${service.spec.type}` } };
  }
  const field = FIELDS.find(({ read }) => !deepEqual(read(old) ?? null, read(service) ?? null));
  if (field === undefined) return undefined;
  if (field.reason === undefined) return {};
  return { event: { reason: field.reason, message: `${goValue(field.read(old))} -> ${goValue(field.read(service))}` } };
}

/** A string, number or list of strings as Go's %v prints it. */
function goValue(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(' ')}]` : String(value ?? '');
}
