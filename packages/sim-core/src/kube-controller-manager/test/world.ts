import { type Event, events } from '../../api/core-v1/event.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { Client } from '../../client/client.ts';
import { EventRecorder } from '../../client/event-recorder.ts';
import type { Context, Controller } from '../../controller-runtime/controller.ts';
import { Manager } from '../../controller-runtime/manager.ts';
import { Store } from '../../etcd/store.ts';
import { createAdmission } from '../../kube-apiserver/admission/plugins.ts';
import { Authorizer } from '../../kube-apiserver/authorization/authorizer.ts';
import { bootstrap } from '../../kube-apiserver/bootstrap.ts';
import { Registry } from '../../kube-apiserver/registry.ts';
import { ClusterServiceAllocator } from '../../kube-apiserver/service-allocator/service-allocator.ts';
import { VIRTUAL_EPOCH } from '../../sim/clock.ts';
import { Random } from '../../sim/random.ts';
import { VirtualClock } from '../../sim/virtual-clock.ts';

/** An API server and controllers in virtual time: everything but kubelets. */
export function createWorld(controllers: readonly Controller[], { seed = 1 } = {}) {
  const store = new Store();
  const random = new Random(seed);
  const clock = new VirtualClock(VIRTUAL_EPOCH, () => manager.settle());
  const serviceCidr = '10.96.0.0/16';
  const services = new ClusterServiceAllocator({ store, random, serviceCidr });
  const registry = new Registry({
    store,
    clock,
    random,
    admission: createAdmission({ random, authorizer: new Authorizer(store) }),
    services,
  });
  bootstrap(registry, { serviceCidr, apiServerIP: '172.18.0.2' });
  const failures: string[] = [];
  const clientFor = (user: string) => new Client(store, registry, user);
  const onFailure = (controller: string, key: string, error: unknown) =>
    failures.push(`${controller} ${key}: ${error}`);
  const manager = new Manager({ store, clock, clientFor, onFailure });
  for (const controller of controllers) manager.add(controller);
  const client = clientFor('kubernetes-admin');
  manager.settle();

  return {
    store,
    clock,
    registry,
    manager,
    client,
    failures,
    /** Settles, then lets cluster time pass, in milliseconds. */
    advance: (milliseconds: number) => {
      manager.settle();
      clock.advanceTo(clock.now() + milliseconds);
    },
    settle: () => manager.settle(),
    /** What a controller is handed, for calling it by hand. */
    contextFor: ({ component }: Controller): Context => {
      const own = clientFor(`system:${component}`);
      return { client: own, clock, events: new EventRecorder(own, clock, component) };
    },
    /** What was told of an object, oldest first. */
    eventsOf: (object: KubeObject) =>
      client.list(events).filter(({ involvedObject }) => involvedObject.uid === object.metadata.uid),
    /** `reason message` of every event with that reason, or of all. */
    told: (reason?: string) =>
      client
        .list(events)
        .filter((event) => reason === undefined || event.reason === reason)
        .map(line),
  };
}

export type World = ReturnType<typeof createWorld>;

function line({ reason, message }: Event): string {
  return `${reason} ${message}`;
}
