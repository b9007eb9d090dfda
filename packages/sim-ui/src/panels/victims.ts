import type { WireDeployment, WirePod } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Lane } from '../map/topology.ts';

/** The pod of a Service that a button hits: one that serves, else one that exists. */
export function victimOf({ pods }: Lane): WirePod | undefined {
  const standing = pods.filter(({ terminating }) => !terminating);
  return standing.find(({ isReady }) => isReady) ?? standing[0];
}

/** The Deployment behind a Service: that of its pods, and without pods the one that is named like it. */
export function deploymentOf(
  { service, pods }: Lane,
  deployments: readonly WireDeployment[],
): WireDeployment | undefined {
  const own = deployments.filter(({ namespace }) => namespace === service.namespace);
  const named = new Set([service.name, ...Object.values(service.selector)]);
  return own.find(({ name }) => pods.some(({ app }) => app === name)) ?? own.find(({ name }) => named.has(name));
}
