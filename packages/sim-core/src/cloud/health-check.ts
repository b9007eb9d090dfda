import type { Listener, LoadBalancer, Target } from './load-balancer.ts';

/** How a load balancer finds out which nodes take traffic. */
export type HealthCheck =
  /** Opens a connection to the listener's own node port ("traffic-port"). */
  | { readonly protocol: 'TCP' }
  /** Asks a fixed port; any status from 200 to 399 is healthy. */
  | { readonly protocol: 'HTTP'; readonly port: number; readonly path: string };

/** How a health check reaches a node: the network behind it belongs to somebody else. */
export interface NodeProbe {
  /** Whether something accepts a TCP connection there. */
  tcp(address: string, port: number): boolean;
  /** Status of a GET, or undefined when nothing answers. */
  http(address: string, port: number, path: string): number | undefined;
}

/** State of a target (elasticloadbalancing TargetHealthStateEnum, the two that the simulation knows). */
export type TargetHealth = 'healthy' | 'unhealthy';

/**
 * Whether a target takes new connections. Documented deviation: the check runs at the moment of asking, so a node is in
 * or out as soon as its endpoints are; a real load balancer needs three checks 10 s apart (aws-load-balancer-controller's
 * defaults) before it believes either.
 */
export function targetHealth(
  balancer: LoadBalancer,
  listener: Listener,
  target: Target,
  probe: NodeProbe,
): TargetHealth {
  const { healthCheck } = balancer.spec;
  if (healthCheck.protocol === 'TCP') return probe.tcp(target.address, listener.nodePort) ? 'healthy' : 'unhealthy';
  const status = probe.http(target.address, healthCheck.port, healthCheck.path) ?? 0;
  return status >= 200 && status < 400 ? 'healthy' : 'unhealthy';
}
