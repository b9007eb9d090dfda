import { ingresses } from '../../api/networking-v1/ingress.ts';
import { deepEqual } from '../../apimachinery/deep.ts';
import { told } from '../compare.ts';
import { scalingOf } from './changes.ts';
import { allEvents, eventProblems, newEventProblems } from './events.ts';
import type { Vector } from './vector.ts';
import type { World } from './world.ts';

/** Cluster time until the objects are looked at, seconds; the controller writes a status once a minute. */
const WITHIN = 60;

/** What the controller writes into the API: statuses and events. */
export async function runApi(world: World, vector: Vector): Promise<string[]> {
  const { manifests, expect = {} } = vector;
  world.load(manifests);
  world.advance((expect.withinSeconds ?? WITHIN) * 1000);
  const before = new Set(allEvents(world.cluster).map(({ metadata }) => metadata.uid));
  const scaling = scalingOf(vector);
  if (scaling !== undefined) world.scale(scaling);
  const fresh = allEvents(world.cluster).filter(({ metadata }) => !before.has(metadata.uid));
  return [
    ...statusProblems(world, vector),
    ...(expect.events ?? []).flatMap((event) => eventProblems(world.cluster, event)),
    ...(expect.newEvents === undefined ? [] : newEventProblems(world.cluster, fresh, expect.newEvents)),
  ];
}

function statusProblems({ cluster }: World, { manifests = [], expect = {} }: Vector): string[] {
  const { loadBalancerIngress: wanted, forIngress } = expect;
  if (wanted === undefined) return [];
  const meant = manifests.find(
    ({ kind, metadata }) => kind === 'Ingress' && (forIngress === undefined || metadata.name === forIngress),
  );
  if (meant === undefined) return [`status of Ingress ${forIngress ?? ''}: the vector has no such Ingress`];
  const { namespace = 'default', name } = meant.metadata;
  const is = cluster.client.get(ingresses, namespace, name)?.status?.loadBalancer?.ingress ?? [];
  return deepEqual(is, wanted) ? [] : [`status of Ingress ${name}: expected ${told(wanted)}, got ${told(is)}`];
}
