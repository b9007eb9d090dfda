import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { ManagedFields } from '../managed-fields/managed-fields.ts';
import { withEmbeddedMetadata } from './embedded-metadata.ts';

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

  /** The object as an answer on its own: with apiVersion and kind. */
  whole(object: KubeObject): string {
    const { kind, apiVersion } = object;
    return `{${typeMeta(kind, apiVersion)},${this.members(object)}}`;
  }

  /** Everything but apiVersion and kind, without braces: what an item of a typed list is made of. */
  members(object: KubeObject): string {
    if (!Object.isFrozen(object)) return membersOf(this.#managedFields.shown(object));
    let text = this.#texts.get(object);
    if (text === undefined) {
      text = membersOf(this.#managedFields.shown(object));
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
  const { kind: _kind, apiVersion: _apiVersion, ...members } = withEmbeddedMetadata(object);
  return JSON.stringify(members).slice(1, -1);
}
