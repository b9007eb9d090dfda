import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/** The kind under which the store keeps the objects of a version. */
export function storedKind(kind: Kind): Kind {
  return kind.stored?.kind ?? kind;
}

/** An object as the store has it. */
export function toStored(kind: Kind, sent: KubeObject): KubeObject {
  return kind.stored === undefined ? sent : kind.stored.toStored(sent);
}

/** An object as the version of the request has it. */
export function served(kind: Kind, stored: KubeObject): KubeObject {
  return kind.stored === undefined ? stored : kind.stored.fromStored(stored);
}
