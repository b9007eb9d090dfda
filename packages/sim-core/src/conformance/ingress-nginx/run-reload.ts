import { events } from '../../api/core-v1/event.ts';
import type { Cluster } from '../../index.ts';
import { told } from '../compare.ts';
import { eventProblems } from './events.ts';
import type { Vector } from './vector.ts';
import type { World } from './world.ts';

/** A configuration that nginx refuses, and what goes on. */
export async function runReload(world: World, { manifests, expect = {} }: Vector): Promise<string[]> {
  const before = configurationOf(world.cluster);
  world.load(manifests);
  const kept = configurationOf(world.cluster) === before;
  const said = world.cluster.client.list(events).map(({ message = '' }) => message);
  const { nginxError, event, servingConfig, reload } = expect;
  const failure = replicaOf(world.cluster)?.failure() ?? '';
  return [
    ...(reload === 'fails' && failure === '' ? ['reload: expected to fail, got a reload that works'] : []),
    ...(servingConfig === 'previous' && !kept ? ['configuration: expected the previous one, got a new one'] : []),
    ...(event === undefined ? [] : eventProblems(world.cluster, event)),
    ...(nginxError === undefined || said.some((message) => message.includes(nginxError))
      ? []
      : [`error of nginx: expected ${told(nginxError)}, got ${told(failure)}`]),
    ...(await aliveProblems(world)),
  ];
}

/** Whatever was refused, nginx goes on to answer. */
async function aliveProblems({ stand }: World): Promise<string[]> {
  const request = {
    method: 'GET',
    scheme: 'http',
    host: 'nobody.test',
    path: '/healthz',
    headers: [],
    sni: '',
  } as const;
  const { status } = await stand.transport.send(request);
  return status === 200 ? [] : [`/healthz after the reload: expected 200, got ${status}`];
}

function replicaOf({ ingress }: Cluster) {
  return [...ingress.replicas.values()][0];
}

function configurationOf(cluster: Cluster) {
  return replicaOf(cluster)?.proxy.running.configuration;
}
