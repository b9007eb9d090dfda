import type { HealthCheck } from './health-check.ts';

/** One port of a load balancer and the node port behind it. */
export interface Listener {
  /** TLS: the load balancer itself ends TLS with a certificate of the cloud. */
  readonly protocol: 'TCP' | 'UDP' | 'TLS';
  readonly port: number;
  readonly nodePort: number;
}

/** A registered node ("target type instance"). */
export interface Target {
  readonly node: string;
  /** The node's internal address. */
  readonly address: string;
}

/** What a caller asks the cloud for. */
export interface LoadBalancerSpec {
  /** The Service that it is for, `namespace/name`: the cloud keeps it as a tag and tells its load balancers apart by it. */
  readonly service: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly listeners: readonly Listener[];
  readonly targets: readonly Target[];
  readonly healthCheck: HealthCheck;
  /** CIDRs that may connect; empty: everybody. */
  readonly sourceRanges: readonly string[];
  /** Whether connections to targets begin with a PROXY protocol v2 header. */
  readonly proxyProtocol: boolean;
}

/**
 * - provisioning: asked for, not there yet; nothing answers
 * - active: answers
 * - deleting: on its way out; nothing answers
 */
export type LoadBalancerState = 'provisioning' | 'active' | 'deleting';

/** A load balancer as the cloud describes it. A snapshot: ask again after a change. */
export interface LoadBalancer {
  readonly service: string;
  readonly hostname: string;
  readonly state: LoadBalancerState;
  /** What is in force. While provisioning: what will be. */
  readonly spec: LoadBalancerSpec;
  /** The newest request; differs from `spec` while an update is under way. */
  readonly requested: LoadBalancerSpec;
  /** Cluster time in milliseconds at which the work under way is done; undefined when nothing is. */
  readonly doneAt: number | undefined;
}

/** The listener of a port that carries connections. */
export function findListener(balancer: LoadBalancer, port: number): Listener | undefined {
  return balancer.spec.listeners.find((listener) => listener.port === port && listener.protocol !== 'UDP');
}
