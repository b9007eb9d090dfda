import { groupResource } from '../apimachinery/kind.ts';
import { controllerOf, keyOf, type KubeObject, type NamespacedName, objectKey, parseKey } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { Store, StoreEvent } from '../etcd/store.ts';
import type { Clock } from '../sim/clock.ts';
import type { Context, Controller } from './controller.ts';
import { WorkQueue } from './work-queue.ts';

/** A settle that reconciles one controller this often per stored object is a loop, not work. */
const HOT_LOOP_FLOOR = 100_000;

interface Running {
  readonly controller: Controller;
  readonly context: Context;
  readonly queue: WorkQueue;
  /** What to do with a change, by resource. */
  readonly handlers: Map<string, ((event: StoreEvent) => void)[]>;
}

/**
 * Runs controllers: changes of the store enqueue keys, `settle` drains all queues in the order in which the
 * controllers were added, until nothing waits.
 */
export class Manager {
  readonly #running: Running[] = [];
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #clientFor: (user: string) => Client;
  readonly #onFailure: (controller: string, key: string, error: unknown) => void;
  #settling = false;

  constructor(parts: {
    store: Store;
    clock: Clock;
    clientFor(user: string): Client;
    /** Told of every reconcile that threw (it is retried). */
    onFailure(controller: string, key: string, error: unknown): void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#clientFor = parts.clientFor;
    this.#onFailure = parts.onFailure;
    this.#store.watch((resource, event) => this.#dispatch(resource, event));
  }

  /** Starts a controller: it sees everything that exists as newly added. Returns how to stop it. */
  add(controller: Controller, host?: string): () => void {
    const client = this.#clientFor(`system:${controller.component}`);
    const context = { client, clock: this.#clock, events: new EventRecorder(client, this.#clock, controller.component, host) };
    const running: Running = { controller, context, queue: new WorkQueue(this.#clock), handlers: new Map() };
    this.#subscribe(running);
    this.#running.push(running);
    for (const object of client.list(controller.for)) running.queue.add(objectKey(object));
    return () => {
      running.queue.stop();
      const index = this.#running.indexOf(running);
      if (index >= 0) this.#running.splice(index, 1);
    };
  }

  /** Whether a key waits or is being retried after a failure. */
  get busy(): boolean {
    return this.#running.some(({ queue }) => queue.length > 0 || queue.retrying > 0);
  }

  /**
   * Drains every queue. Calls from inside a reconcile do nothing: the outer call goes on.
   * @throws Error naming the controller when it goes round in circles
   */
  settle(): void {
    if (this.#settling) return;
    this.#settling = true;
    try {
      this.#drain();
    } finally {
      this.#settling = false;
    }
  }

  #drain(): void {
    let budget = HOT_LOOP_FLOOR;
    for (let round = 0; this.#running.some(({ queue }) => queue.length > 0); round++) {
      for (const running of [...this.#running]) {
        const batch = running.queue.length;
        budget -= round === 0 ? 0 : batch;
        if (budget < 0) throw new Error(`controller ${running.controller.name} never settles: it keeps changing what it reads`);
        for (let i = 0; i < batch; i++) this.#reconcileNext(running);
      }
    }
  }

  #reconcileNext({ controller, context, queue }: Running): void {
    const key = queue.take();
    if (key === undefined) return;
    try {
      const result = controller.reconcile(parseKey(key), context);
      queue.forget(key);
      if (result?.requeueAfter !== undefined) queue.addAfter(key, result.requeueAfter);
    } catch (error) {
      this.#onFailure(controller.name, key, error);
      queue.addRateLimited(key);
    }
  }

  #dispatch(resource: string, event: StoreEvent): void {
    for (const { handlers } of this.#running) for (const handle of handlers.get(resource) ?? []) handle(event);
  }

  #subscribe({ controller, context, queue, handlers }: Running): void {
    const on = (resource: string, handle: (event: StoreEvent) => void) =>
      handlers.set(resource, [...(handlers.get(resource) ?? []), handle]);
    on(groupResource(controller.for), (event) => queue.add(objectKey(event.object)));
    for (const owned of controller.owns ?? []) {
      on(groupResource(owned), (event) => enqueueOwner(controller, queue, event));
    }
    for (const watch of controller.watches ?? []) {
      const enqueue = (object: KubeObject) => addAll(queue, watch.map(object, context));
      on(groupResource(watch.kind), (event) => {
        if (event.previous !== undefined && event.type !== 'DELETED') enqueue(event.previous);
        enqueue(event.object);
      });
    }
  }
}

function addAll(queue: WorkQueue, keys: NamespacedName[]): void {
  for (const { namespace, name } of keys) queue.add(keyOf(namespace, name));
}

function enqueueOwner(controller: Controller, queue: WorkQueue, event: StoreEvent): void {
  for (const object of [event.object, event.previous]) {
    const owner = object && controllerOf(object);
    if (owner?.kind === controller.for.kind) queue.add(keyOf(object?.metadata.namespace ?? '', owner.name));
  }
}
