import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { storedKind } from '../stored-version.ts';
import type { WriteOptions } from '../write-options.ts';

/** An object on its way to the store, in the place of what is there; both as the store has them. */
export interface Change {
  readonly object: KubeObject;
  readonly old: KubeObject;
  readonly options: WriteOptions;
}

/** Writes what a PUT or a PATCH made of an object. @returns what is stored now */
export type ChangeWriter = (server: ServerParts, request: ResourceRequest, change: Change) => KubeObject;

/** Everything but status. */
export const writeObject: ChangeWriter = ({ registry }, { kind }, { object, old, options }) => {
  const stored = storedKind(kind);
  const updated = registry.update(stored, object, options);
  for (const text of stored.warnings?.(updated, old) ?? []) options.warn?.(text);
  return updated;
};

/** Status only. */
export const writeStatus: ChangeWriter = ({ registry }, { kind }, { object, options }) =>
  registry.updateStatus(storedKind(kind), object, options);
