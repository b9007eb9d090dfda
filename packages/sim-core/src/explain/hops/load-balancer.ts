import { parseKey } from '../../apimachinery/object-meta.ts';
import type { LoadBalancer } from '../../cloud/load-balancer.ts';
import type { World } from '../../doctor/world.ts';
import type { TraceHop } from '../../wire.ts';
import { boxes, decidedBy, type Hop, type Scene } from '../scene.ts';

/** Load balancer → node: which load balancer the host means, and which node its connection was put on. */
export const loadBalancerHop: Hop = { tells: [], of };

function of(scene: Scene): TraceHop | undefined {
  const { record, world, ids } = scene;
  const { loadBalancer, node = '', nodePort } = record.via ?? {};
  if (loadBalancer === undefined) return undefined;
  const balancer = world.cloud.get(loadBalancer);
  const listener = balancer?.spec.listeners.find((each) => each.nodePort === nodePort);
  const name = balancer?.hostname ?? `load balancer of Service ${loadBalancer}`;
  const others =
    balancer === undefined || listener === undefined ? [] : otherNodes(world, balancer, listener.port, node);
  const healthy = others.filter((each) => each.healthy).length;
  const drawn =
    healthy === 0 ? 'the only healthy one' : `drawn from ${healthy + 1} healthy nodes when the connection was opened`;
  const went =
    node === ''
      ? whereItWouldGo(others)
      : !scene.wasSent
        ? `Its connection goes to ${node}, the only healthy node.`
        : `A network load balancer keeps a connection on one node: ${node} was ${drawn}.`;
  return {
    step: 'load-balancer',
    title: `${name}${listener === undefined ? '' : `:${listener.port}`}${node === '' ? '' : ` → ${node}`}`,
    why: `${whyThisOne(record.host, balancer)} ${went}`,
    beat: others
      .filter(() => node !== '')
      .map(
        ({ name: other, healthy: well }) =>
          `${other}: ${well ? 'healthy, not drawn' : 'unhealthy, no ready endpoint there'}`,
      ),
    nodes: boxes(ids.loadBalancer(loadBalancer), node === '' ? undefined : `node:${node}`),
    ...decidedBy(scene, { kind: 'Service', ...parseKey(loadBalancer) }, 'spec.type'),
  };
}

function whyThisOne(host: string, balancer: LoadBalancer | undefined): string {
  if (balancer?.hostname === host) return 'The host is its own name.';
  return `${host || 'The host'} is no load balancer's own name, so that of the ingress controller takes it (in a real cluster: the one that DNS names).`;
}

function whereItWouldGo(nodes: readonly { name: string; healthy: boolean }[]): string {
  const healthy = nodes.filter((each) => each.healthy).map(({ name }) => name);
  return healthy.length === 1
    ? `Only ${healthy[0]} is healthy.`
    : `Each of ${healthy.length} healthy nodes is as likely: ${healthy.join(', ')}.`;
}

function otherNodes(
  { cloud }: World,
  balancer: LoadBalancer,
  port: number,
  chosen: string,
): { name: string; healthy: boolean }[] {
  const others = cloud.health(balancer, port).filter(({ target }) => target.node !== chosen);
  return others.map(({ target, health }) => ({ name: target.node, healthy: health === 'healthy' }));
}
