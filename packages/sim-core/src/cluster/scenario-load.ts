import type { Cluster } from '../cluster.ts';

/** Fires the load that the Scenario asks for as soon as the ingress load balancer has its address. */
export function startScenarioLoad(cluster: Cluster): void {
  const { load } = cluster.settings;
  if (load === undefined || !load.autoStart) return;
  const start = () => {
    const balancer = cluster.edge.ingressLoadBalancer();
    if (balancer?.state !== 'active') return;
    stop();
    const url = load.url.replaceAll('LOAD_BALANCER', balancer.hostname);
    cluster.loads.start({ url, rate: load.rate, headers: load.headers, startedBy: 'scenario' });
  };
  const stop = cluster.edge.onLoadBalancersChanged(start);
  start();
}
