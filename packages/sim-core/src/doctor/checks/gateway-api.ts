import { defineKind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { type Check, findingOf, nameOf, spell } from '../finding.ts';
import type { World } from '../world.ts';

const group = 'gateway.networking.k8s.io';

/** Kinds of the Gateway API that a controller has to act on; they are there once somebody has installed its definitions. */
const KINDS = Object.freeze(
  (
    [
      ['HTTPRoute', 'httproutes'],
      ['GRPCRoute', 'grpcroutes'],
      ['Gateway', 'gateways'],
    ] as const
  ).map(([kind, resource]) =>
    defineKind<KubeObject>({ group, version: 'v1', kind, resource, singular: kind.toLowerCase(), namespaced: true }),
  ),
);

/** Objects of the Gateway API, for which no controller runs here: as in a cluster without one, nothing happens to them. */
export const gatewayApi: Check = {
  name: 'GatewayApi',
  check: (world) => {
    const [first] = KINDS.flatMap((kind) => world.client.list(kind));
    return first === undefined ? [] : [diagnose(first, world)];
  },
};

function diagnose(first: KubeObject, world: World) {
  const object = nameOf(first);
  return findingOf(
    {
      severity: 'info',
      reason: 'NoGatewayController',
      object,
      field: 'spec',
      message: `${spell(object)} is stored and checked, but no Gateway controller runs here: nothing is routed by it, and its status stays as it is`,
      fix: 'Use an Ingress to route requests here; the Gateway API works once a controller for it is installed in a real cluster.',
    },
    world,
  );
}
