import { groupResource } from '../apimachinery/kind.ts';
import {
  controllerOf,
  type KubeObject,
  keyOf,
  type NamespacedName,
  objectKey,
  parseKey,
} from '../apimachinery/object-meta.ts';
import { PendingError } from '../apimachinery/pending-error.ts';
import type { Client } from '../client/client.ts';
import { EventRecorder } from '../client/event-recorder.ts';
import type { Store, StoreEvent } from '../etcd/store.ts';
import type { Clock } from '../sim/clock.ts';
import type { Context, Controller } from './controller.ts';
import { HotLoopGuard } from './hot-loop-guard.ts';
import { WorkQueue } from './work-queue.ts';

interface Running {
  readonly controller: Controller;
  readonly context: Context;
  readonly queue: WorkQueue;
  /** What to do with a change, by resource. */
  handlers: ReadonlyMap<string, readonly Handle[]>;
  /** What reconciles wait for, by key: a webhook that takes its time. */
  readonly pending: Map<string, PendingError>;
}

type Handle = (event: StoreEvent) => void;

/** What a manager is made from. */
export interface ManagerParts {
  readonly store: Pick<Store, 'watch' | 'size'>;
  readonly clock: Clock;
  clientFor(user: string): Client;
  /** Lets the cluster react to what happened outside of it: a webhook has answered. */
  settle?(): void;
  /** Told of every reconcile that threw (it is retried). */
  onFailure(controller: string, key: string, error: unknown): void;
}

/**
 * Runs controllers: changes of the store enqueue keys, `settle` drains all queues in the order in which the
 * controllers were added, until nothing waits.
 */
export class Manager {
  readonly #running: Running[] = [];
  readonly #parts: ManagerParts;
  #settling = false;

  constructor(parts: ManagerParts) {
    this.#parts = parts;
    parts.store.watch((resource, event) => this.#dispatch(resource, event));
  }

  /** Starts a controller: it sees everything that exists as newly added. Returns how to stop it. */
  add(controller: Controller, host?: string): () => void {
    const { clock, clientFor } = this.#parts;
    const client = clientFor(`system:${controller.component}`);
    const context = { client, clock, events: new EventRecorder(client, clock, controller.component, host) };
    const queue = new WorkQueue(clock);
    const handlers = handlersOf(controller, context, queue);
    const running: Running = { controller, context, queue, handlers, pending: new Map() };
    const stop = controller.onWatchesChange?.(() => {
      running.handlers = handlersOf(controller, context, queue);
    });
    this.#running.push(running);
    for (const object of client.list(controller.for)) queue.add(objectKey(object));
    return () => {
      stop?.();
      queue.stop();
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
   * @throws Error naming the controllers when they go round in circles
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
    const guard = new HotLoopGuard(this.#parts.store);
    while (this.#running.some(({ queue }) => queue.length > 0)) {
      guard.nextRound(() => this.#waiting());
      for (const running of [...this.#running]) {
        for (let batch = running.queue.length; batch > 0; batch--) this.#reconcileNext(running);
      }
    }
  }

  #reconcileNext(running: Running): void {
    const { controller, context, queue, pending } = running;
    const key = queue.take();
    if (key === undefined) return;
    try {
      const reconcile = () => controller.reconcile(parseKey(key), context);
      const result = pending.size === 0 ? reconcile() : resume(pending, key, reconcile);
      queue.forget(key);
      if (result?.requeueAfter !== undefined) queue.addAfter(key, result.requeueAfter);
    } catch (error) {
      if (error instanceof PendingError) return this.#wait(running, key, error);
      this.#parts.onFailure(controller.name, key, error);
      queue.addRateLimited(key);
    }
  }

  /** The key comes again when what it waits for is there. */
  #wait({ pending, queue }: Running, key: string, error: PendingError): void {
    pending.set(key, error);
    error.whenReady(() => {
      queue.add(key);
      this.#parts.settle?.();
    });
  }

  /** Controllers that have work, each with its next key, for people. */
  #waiting(): string[] {
    const busy = this.#running.filter(({ queue }) => queue.length > 0);
    return busy.map(({ controller, queue }) => `${controller.name} (${queue.peek()})`);
  }

  #dispatch(resource: string, event: StoreEvent): void {
    for (const { handlers } of this.#running) {
      const interested = handlers.get(resource);
      if (interested !== undefined) for (const handle of interested) handle(event);
    }
  }
}

/** Reconciles in the knowledge of what was answered since. */
function resume<T>(pending: Map<string, PendingError>, key: string, reconcile: () => T): T {
  const error = pending.get(key);
  pending.delete(key);
  return error === undefined ? reconcile() : error.again(reconcile);
}

function handlersOf(controller: Controller, context: Context, queue: WorkQueue): Map<string, Handle[]> {
  const handlers = new Map<string, Handle[]>();
  const on = (resource: string, handle: Handle) => handlers.set(resource, [...(handlers.get(resource) ?? []), handle]);
  on(groupResource(controller.for), ({ object }) => queue.add(objectKey(object)));
  for (const owned of controller.owns ?? []) {
    on(groupResource(owned), (event) => enqueueOwner(controller, queue, event));
  }
  for (const watch of controller.watches ?? []) {
    const enqueue = (object: KubeObject) => addAll(queue, watch.map(object, context));
    on(groupResource(watch.kind), ({ type, object, previous }) => {
      if (watch.onlyAfter !== true && previous !== undefined && type !== 'DELETED') enqueue(previous);
      enqueue(object);
    });
  }
  return handlers;
}

function addAll(queue: WorkQueue, keys: readonly NamespacedName[]): void {
  for (const { namespace, name } of keys) queue.add(keyOf(namespace, name));
}

function enqueueOwner(controller: Controller, queue: WorkQueue, { object, previous }: StoreEvent): void {
  enqueueOwnerOf(object, controller, queue);
  if (previous !== undefined) enqueueOwnerOf(previous, controller, queue);
}

function enqueueOwnerOf(object: KubeObject, { for: { kind } }: Controller, queue: WorkQueue): void {
  const owner = controllerOf(object);
  if (owner?.kind === kind) queue.add(keyOf(object.metadata.namespace ?? '', owner.name));
}
