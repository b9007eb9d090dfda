import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { replicaSets } from '../api/apps-v1/replica-set.ts';
import { jobs } from '../api/batch-v1/job.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { nodes } from '../api/core-v1/node.ts';
import { pods } from '../api/core-v1/pod.ts';
import { services } from '../api/core-v1/service.ts';
import { endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { kubeControllers } from './index.ts';
import { newDeployment, newJob, newNode, newPod, newService, podTemplate } from './test/objects.ts';
import { ScriptedKubelet } from './test/scripted-kubelet.ts';
import { createWorld, type World } from './test/world.ts';

const NAMES = ['web', 'api'] as const;
const WORKLOADS = { deployment: deployments, job: jobs, service: services, pod: pods } as const;

type Policy = 'Background' | 'Foreground' | 'Orphan';
type Operation =
  | { on: 'object'; do: 'create' | 'delete'; what: keyof typeof WORKLOADS; name: string; policy: Policy }
  | { on: 'deployment'; do: 'image' | 'scale' | 'relabel'; name: string; value: number }
  | { on: 'node'; do: 'ready' | 'end' | 'remove' | 'wait'; value: number };

const name = fc.constantFrom(...NAMES);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    on: fc.constant('object' as const),
    do: fc.constantFrom('create' as const, 'create' as const, 'delete' as const),
    what: fc.constantFrom('deployment' as const, 'job' as const, 'service' as const, 'pod' as const),
    name,
    policy: fc.constantFrom<Policy[]>('Background', 'Foreground', 'Orphan'),
  }),
  fc.record({
    on: fc.constant('deployment' as const),
    do: fc.constantFrom('image' as const, 'scale' as const, 'relabel' as const),
    name,
    value: fc.nat(4),
  }),
  fc.record({
    on: fc.constant('node' as const),
    do: fc.constantFrom('ready' as const, 'ready' as const, 'end' as const, 'remove' as const, 'wait' as const),
    value: fc.nat(5),
  }),
);

describe('all controllers together', () => {
  test('have nothing left to do once they have settled', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const { world, kubelet } = start(true);
        for (const each of operations) {
          carryOut(each, world, kubelet);
          const before = world.store.revision;
          reconcileAll(world);
          expect(world.store.revision).toBe(before);
        }
        expect(world.failures).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('come to the same end without any event, by looking at everything again and again', () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 20 }), (operations) => {
        const [driven, looking] = [start(true), start(false)];
        for (const each of operations) {
          carryOut(each, driven.world, driven.kubelet);
          carryOut(each, looking.world, looking.kubelet);
          lookUntilQuiet(looking.world);
        }
        for (const { world, kubelet } of [driven, looking]) comeToRest(world, kubelet);
        expect(summary(looking.world)).toEqual(summary(driven.world));
      }),
      { numRuns: 60 },
    );
  });
});

function start(driven: boolean) {
  const world = createWorld(driven ? kubeControllers() : []);
  world.client.create(nodes, newNode('node1'));
  world.settle();
  return { world, kubelet: new ScriptedKubelet(world) };
}

function carryOut(each: Operation, world: World, kubelet: ScriptedKubelet): void {
  if (each.on === 'object' && each.do === 'create') create(each.what, each.name, world);
  else if (each.on === 'object') remove(each.what, each.name, each.policy, world);
  else if (each.on === 'deployment') change(each.do, each.name, each.value, world);
  else if (each.do === 'ready') kubelet.run(each.value);
  else if (each.do === 'end') endOne(kubelet, each.value > 2 ? 'Succeeded' : 'Failed');
  else if (each.do === 'remove') kubelet.remove();
  else world.advance(each.value * 5000);
  world.settle();
}

function remove(what: keyof typeof WORKLOADS, name: string, propagationPolicy: Policy, { client }: World): void {
  client.delete<never>(WORKLOADS[what] as never, 'default', name, { propagationPolicy });
}

function endOne(kubelet: ScriptedKubelet, phase: 'Succeeded' | 'Failed'): void {
  for (const pod of kubelet.starting().slice(0, 1)) kubelet.end(pod, phase);
}

function create(what: keyof typeof WORKLOADS, name: string, { client }: World): void {
  if (client.get<never>(WORKLOADS[what] as never, 'default', name) !== undefined) return;
  if (what === 'deployment') client.create(deployments, newDeployment(name));
  else if (what === 'job')
    client.create(jobs, newJob(name, { completions: 2, parallelism: 2, backoffLimit: 1, ttlSecondsAfterFinished: 10 }));
  else if (what === 'service') client.create(services, newService(name));
  else client.create(pods, newPod(name, { app: name }));
}

function change(how: 'image' | 'scale' | 'relabel', name: string, value: number, { client }: World): void {
  const deployment = client.get(deployments, 'default', name);
  if (deployment === undefined) return;
  const { spec } = deployment;
  if (how === 'image')
    client.update(deployments, { ...deployment, spec: { ...spec, template: podTemplate(name, `${name}:${value}`) } });
  else if (how === 'scale') client.update(deployments, { ...deployment, spec: { ...spec, replicas: value } });
  else {
    const pod = client.list(pods).filter(({ metadata }) => metadata.labels?.app === name)[value];
    if (pod !== undefined) client.update(pods, { ...pod, metadata: { ...pod.metadata, labels: { app: 'debug' } } });
  }
}

/** What a controller without events would do: look at every object, and at names that are gone. */
function reconcileAll(world: World): void {
  for (const controller of kubeControllers()) {
    const keys = world.client
      .list(controller.for)
      .map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name }));
    const gone = controller.for === jobs ? NAMES.map((name) => ({ namespace: 'default', name })) : [];
    for (const key of [...keys, ...gone]) controller.reconcile(key, world.contextFor(controller));
  }
}

function lookUntilQuiet(world: World): void {
  for (let before = -1; before !== world.store.revision; ) {
    before = world.store.revision;
    reconcileAll(world);
  }
}

function comeToRest(world: World, kubelet: ScriptedKubelet): void {
  for (let before = -1; before !== world.store.revision; ) {
    before = world.store.revision;
    world.advance(30_000);
    lookUntilQuiet(world);
    kubelet.untilQuiet();
  }
}

/** The state without what names, uids and times bring in. */
function summary({ client }: World) {
  const count = <T>(items: readonly T[], word: (item: T) => string) => items.map(word).sort();
  return {
    deployments: count(
      client.list(deployments),
      ({ metadata, status }) => `${metadata.name} ${status?.availableReplicas}`,
    ),
    replicaSets: count(
      client.list(replicaSets),
      ({ spec, status }) => `${spec.template.spec.containers[0]?.image} ${spec.replicas} ${status?.readyReplicas}`,
    ),
    services: count(
      client.list(endpointSlices),
      ({ metadata, endpoints }) => `${metadata.labels?.['kubernetes.io/service-name']} ${endpoints.length}`,
    ),
    namespaces: count(client.list(namespaces), ({ metadata }) => metadata.name),
  };
}
