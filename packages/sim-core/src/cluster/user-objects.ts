import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Scheme } from '../apimachinery/scheme.ts';
import type { Client } from '../client/client.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { ManifestLedger } from './manifest-ledger.ts';

/** An object that somebody applied, as it is now. */
export interface UserObject {
  /** Its manifest; the file is '' when it stands in none any more. */
  readonly document: ManifestDocument;
  readonly object: KubeObject;
}

/** Objects that were applied and are there, in the order in which they were applied first. */
export function userObjects(client: Client, scheme: Scheme, ledger: ManifestLedger): UserObject[] {
  return ledger.entries().flatMap(({ kind, namespace, name, document }) => {
    const found = scheme.kind(document.value.apiVersion, kind);
    const object = found && client.get(found, namespace, name);
    return object === undefined ? [] : [{ document, object }];
  });
}
