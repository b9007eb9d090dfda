import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject, NamespacedName } from '../apimachinery/object-meta.ts';
import type { Client } from '../client/client.ts';
import type { EventRecorder } from '../client/event-recorder.ts';
import type { Clock } from '../sim/clock.ts';

/** What a reconcile may ask for. */
export interface Result {
  /** Reconcile this key again after so many milliseconds of cluster time. */
  requeueAfter?: number;
}

/** What every reconcile is handed. */
export interface Context {
  readonly client: Client;
  readonly events: EventRecorder;
  readonly clock: Clock;
}

/** A further kind whose changes concern this controller: which keys of its own kind does a change touch? */
export interface Watch<T extends KubeObject = KubeObject> {
  readonly kind: Kind<T>;
  /** Runs for the object after the change and, when it was there before, for the object before it. */
  map(object: T, context: Context): NamespacedName[];
  /** Set where the object before a change says nothing that the one after it does not: it is not asked. */
  readonly onlyAfter?: boolean;
}

/**
 * The one shape of a controller: level-triggered and synchronous. `reconcile` reads the world and makes it so; a missed
 * or doubled event changes nothing. Throwing retries with back-off (5 ms doubling to 1000 s, as client-go's default).
 */
export interface Controller {
  readonly name: string;
  /** Component name in events, e.g. `replicaset-controller`. */
  readonly component: string;
  readonly for: Kind;
  /** Kinds whose objects carry a controller ownerReference to ours. */
  readonly owns?: readonly Kind[];
  readonly watches?: readonly Watch[];
  /** Set where `watches` come and go with the kinds of the scheme: calls back when they are others. Returns how to stop. */
  onWatchesChange?(changed: () => void): () => void;
  reconcile(key: NamespacedName, context: Context): Result | void;
}

/** Declares a watch with its type checked. */
export function watching<T extends KubeObject>(
  kind: Kind<T>,
  map: Watch<T>['map'],
  options: Pick<Watch, 'onlyAfter'> = {},
): Watch<T> {
  return { kind, map, ...options };
}
