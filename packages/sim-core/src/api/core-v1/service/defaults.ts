import type { Service, ServicePort, ServiceSpec } from '../service.ts';

const CLIENT_IP_TIMEOUT = 10800;

/** pkg/apis/core/v1/defaults.go SetDefaults_Service */
export function setServiceDefaults(service: Service): void {
  service.spec ??= {};
  const { spec } = service;
  spec.sessionAffinity ||= 'None';
  setAffinityDefaults(spec);
  spec.type ||= 'ClusterIP';
  if (spec.ports !== undefined) spec.ports = spec.ports.map(withPortDefaults);
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ||= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
}

/** Whether clients outside the cluster reach it through nodes or a load balancer. */
export function isExternal({ type }: ServiceSpec): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

/** Whether clients outside the cluster reach it, also by addresses of their own (pkg/api/service/util.go ExternallyAccessible). */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  return isExternal(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0);
}

function setAffinityDefaults(spec: ServiceSpec): void {
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity !== 'ClientIP' || spec.sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return;
  spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT } };
}

function withPortDefaults(port: ServicePort): ServicePort {
  if (port.protocol && port.targetPort) return port;
  return { ...port, protocol: port.protocol || 'TCP', targetPort: port.targetPort || port.port };
}
