import type { RandomStream } from '../sim/random.ts';
import { type NodeProbe, targetHealth } from './health-check.ts';
import { findListener, type Listener, type LoadBalancer, type Target } from './load-balancer.ts';
import { allowsSource } from './source-ranges.ts';

/** Who connects. */
export interface Client {
  readonly address: string;
  readonly port: number;
}

/** Where a connection through a load balancer goes. Network load balancers keep the client's address. */
export interface Flow {
  readonly node: string;
  readonly nodeAddress: string;
  readonly nodePort: number;
  readonly listener: Listener;
  readonly client: Client;
}

/** Why a load balancer takes no connection. */
export type NoFlow = 'not-provisioned' | 'no-listener' | 'source-not-allowed' | 'no-healthy-target';

/** Targets that take new connections on this listener, in the order in which they were registered. */
function healthyTargets(balancer: LoadBalancer, listener: Listener, probe: NodeProbe): readonly Target[] {
  return balancer.spec.targets.filter((target) => targetHealth(balancer, listener, target, probe) === 'healthy');
}

/**
 * Picks the target of a new connection; the connection then stays there (a network load balancer works on flows, not on
 * requests). A real one hashes addresses, ports and the TCP sequence number, which is chance from connection to
 * connection: here one draw of the stream, so that a seed repeats the run.
 */
export function connect(
  balancer: LoadBalancer,
  port: number,
  client: Client,
  parts: { probe: NodeProbe; flows: RandomStream },
): Flow | NoFlow {
  if (balancer.state !== 'active') return 'not-provisioned';
  const listener = findListener(balancer, port);
  if (listener === undefined) return 'no-listener';
  if (!allowsSource(balancer.spec.sourceRanges, client.address)) return 'source-not-allowed';
  const targets = healthyTargets(balancer, listener, parts.probe);
  const target = targets.length > 1 ? targets[parts.flows.integer(0, targets.length - 1)] : targets[0];
  if (target === undefined) return 'no-healthy-target';
  return { node: target.node, nodeAddress: target.address, nodePort: listener.nodePort, listener, client };
}
