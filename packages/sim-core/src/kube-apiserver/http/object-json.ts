import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { ManagedFields } from '../managed-fields/managed-fields.ts';

/**
 * JSON texts of objects. Objects of the store never change, so that fifty watchers cost one text: it is kept as long as the
 * object is.
 */
export class ObjectJson {
  readonly #texts = new WeakMap<KubeObject, string>();
  readonly #managedFields: ManagedFields;

  constructor(managedFields: ManagedFields) {
    this.#managedFields = managedFields;
  }

  /** The object as an answer on its own: with apiVersion and kind, and with its managers, worked out where they are not kept. */
  single(object: KubeObject): string {
    const shown = this.#managedFields.shown(object);
    return shown === object ? this.whole(object) : `{${typeMeta(object.kind, object.apiVersion)},${membersOf(shown)}}`;
  }

  /**
   * The object in a watch, or in a list of many kinds. Managers stand in it where they are kept: to work them out for ten
   * thousand pods would hold up everything else.
   */
  whole(object: KubeObject): string {
    return `{${typeMeta(object.kind, object.apiVersion)},${this.members(object)}}`;
  }

  /** Everything but apiVersion and kind, without braces: what an item of a typed list is made of. */
  members(object: KubeObject): string {
    if (!Object.isFrozen(object)) return membersOf(object);
    let text = this.#texts.get(object);
    if (text === undefined) {
      text = membersOf(object);
      this.#texts.set(object, text);
    }
    return text;
  }
}

/** `"kind":"Pod","apiVersion":"v1"` */
export function typeMeta(kind: string, apiVersion: string): string {
  return `"kind":${JSON.stringify(kind)},"apiVersion":${JSON.stringify(apiVersion)}`;
}

function membersOf(object: KubeObject): string {
  const { kind: _kind, apiVersion: _apiVersion, ...members } = object;
  return JSON.stringify(members).slice(1, -1);
}
