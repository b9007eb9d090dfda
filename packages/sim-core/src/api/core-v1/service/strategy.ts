import { deepEqual } from '../../../apimachinery/deep.ts';
import type { Service, ServiceSpec } from '../service.ts';
import { isExternal, isExternallyAccessible } from './defaults.ts';

/** A Service starts without status (pkg/registry/core/service/strategy.go PrepareForCreate). */
export function prepareServiceForCreate(service: Service): void {
  service.status = { loadBalancer: {} };
}

/**
 * A change of type takes the fields along that the new type has no use for, unless the user changed them in the same
 * breath: then validation speaks (`dropTypeDependentFields`).
 */
export function prepareServiceForUpdate(service: Service, { spec: old }: Service): void {
  const { spec } = service;
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') {
    dropUnchanged(spec, old, 'clusterIP', 'clusterIPs');
    dropUnchanged(spec, old, 'ipFamilies');
    dropUnchanged(spec, old, 'ipFamilyPolicy');
  }
  if (isExternal(old) && !isExternal(spec)) dropNodePorts(spec, old);
  if (needsHealthCheckNodePort(old) && !needsHealthCheckNodePort(spec)) dropUnchanged(spec, old, 'healthCheckNodePort');
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    dropUnchanged(spec, old, 'allocateLoadBalancerNodePorts');
    dropUnchanged(spec, old, 'loadBalancerClass');
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec)) dropUnchanged(spec, old, 'externalTrafficPolicy');
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') dropUnchanged(spec, old, 'internalTrafficPolicy');
  if (spec.type !== 'LoadBalancer') service.status = { ...service.status, loadBalancer: {} };
}

/** Whether nodes answer health checks for it (pkg/api/service/util.go NeedsHealthCheck). */
export function needsHealthCheckNodePort(spec: ServiceSpec): boolean {
  return spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local';
}

function dropUnchanged(spec: ServiceSpec, old: ServiceSpec, ...fields: (keyof ServiceSpec)[]): void {
  if (!fields.every((field) => deepEqual(spec[field], old[field]))) return;
  for (const field of fields) delete spec[field];
}

function dropNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  const held = new Set(old.ports?.map(({ nodePort }) => nodePort));
  if (!spec.ports?.every(({ nodePort }) => !nodePort || held.has(nodePort))) return;
  spec.ports = spec.ports.map(({ nodePort: _dropped, ...port }) => port);
}
