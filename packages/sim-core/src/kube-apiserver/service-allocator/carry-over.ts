import { isExternal } from '../../api/core-v1/service/defaults.ts';
import { needsHealthCheckNodePort } from '../../api/core-v1/service/strategy.ts';
import type { Service, ServiceSpec } from '../../api/core-v1/service.ts';
import { deepEqual } from '../../apimachinery/deep.ts';

/**
 * An update that leaves out what the server had filled in keeps it, so that applying the same manifest again changes
 * nothing (pkg/registry/core/service/storage/storage.go patchAllocatedValues).
 */
export function keepAllocatedValues({ spec }: Service, { spec: old }: Service): void {
  if (old.type !== 'ExternalName' && spec.type !== 'ExternalName') {
    spec.clusterIP ||= old.clusterIP;
    if ((spec.clusterIPs ?? []).length === 0 && spec.clusterIP === old.clusterIP) spec.clusterIPs = old.clusterIPs;
  }
  if (isExternal(old) && isExternal(spec)) keepNodePorts(spec, old);
  if (needsHealthCheckNodePort(old) && needsHealthCheckNodePort(spec))
    spec.healthCheckNodePort ||= old.healthCheckNodePort;
}

/** By port name, unless the number now stands at another port. */
function keepNodePorts(spec: ServiceSpec, old: ServiceSpec): void {
  const held = new Map(old.ports?.map(({ name = '', nodePort }) => [name, nodePort]));
  const used = new Set(spec.ports?.map(({ nodePort }) => nodePort));
  spec.ports = spec.ports?.map((port) => {
    const nodePort = held.get(port.name ?? '');
    if (port.nodePort || !nodePort || used.has(nodePort)) return port;
    used.add(nodePort);
    return { ...port, nodePort };
  });
}

/** Old clients know clusterIP only, new ones set both: makes the two agree (`normalizeClusterIPs`). */
export function normalizeClusterIPs({ spec }: Service, old: Service | undefined): void {
  if (old === undefined) {
    if (spec.clusterIP && (spec.clusterIPs ?? []).length === 0) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const was = old.spec;
  if ((spec.clusterIPs ?? []).length === 0 && spec.clusterIP === was.clusterIP) spec.clusterIPs = was.clusterIPs;
  if (spec.clusterIP === was.clusterIP || !deepEqual(spec.clusterIPs, was.clusterIPs)) return;
  if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  else delete spec.clusterIPs;
}
