import { deepEqual } from '../apimachinery/deep.ts';
import type { DeltaOperation, WireObject } from '../wire.ts';

/** An object that changed, as it was and as it is. */
export interface TableChange {
  readonly key: string;
  readonly before: WireObject | undefined;
  readonly after: WireObject | undefined;
}

/** What tells objects of the table apart: a load balancer has the uid of its Service. */
export function keyOfObject({ kind, uid }: Pick<WireObject, 'kind' | 'uid'>): string {
  return `${kind}:${uid}`;
}

/** What the page knows of the cluster's objects, and what changed since it was told last. */
export class ObjectTable {
  readonly #objects = new Map<string, WireObject>();
  /** Objects that changed since they were taken last, and whether they were there then. */
  readonly #changed = new Map<string, boolean>();
  /** What was there before the changes that are not in the timeline yet. */
  readonly #before = new Map<string, WireObject | undefined>();
  #changes = 0;

  all(): WireObject[] {
    return [...this.#objects.values()];
  }

  /** How often anything has changed. */
  get changes(): number {
    return this.#changes;
  }

  /** Adds or replaces; what looks the same to the page is no change. */
  set(object: WireObject): void {
    const key = keyOfObject(object);
    const known = this.#objects.get(key);
    if (known !== undefined && deepEqual(known, object)) return;
    this.#note(key, known);
    this.#objects.set(key, object);
  }

  /** Takes away; what is not there is no change. */
  remove(kind: WireObject['kind'], uid: string): void {
    const key = keyOfObject({ kind, uid });
    if (!this.#objects.has(key)) return;
    this.#note(key, this.#objects.get(key));
    this.#objects.delete(key);
    // It came and went between two looks: nobody has to know.
    if (this.#changed.get(key) === false) this.#changed.delete(key);
  }

  /** Changes since the last call, once each. */
  take(): DeltaOperation[] {
    const operations = [...this.#changed.keys()].map((key): DeltaOperation => {
      const object = this.#objects.get(key);
      if (object !== undefined) return ['u', object.kind, object];
      const colon = key.indexOf(':');
      return ['x', key.slice(0, colon) as WireObject['kind'], key.slice(colon + 1)];
    });
    this.#changed.clear();
    return operations;
  }

  /** What changed since the last call, for the timeline. */
  takeChanges(): TableChange[] {
    const changes = [...this.#before].map(([key, before]) => ({ key, before, after: this.#objects.get(key) }));
    this.#before.clear();
    return changes;
  }

  #note(key: string, before: WireObject | undefined): void {
    this.#changes++;
    if (!this.#changed.has(key)) this.#changed.set(key, before !== undefined);
    if (!this.#before.has(key)) this.#before.set(key, before);
  }
}
