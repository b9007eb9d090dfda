import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { carryWarnings } from '../carry-warnings.ts';
import type { ApiResponse } from '../http/message.ts';
import { success } from '../http/responses.ts';
import { select } from '../list/selection.ts';
import { presentList, presentObject } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served, storedKind } from '../stored-version.ts';
import { type RequestedDeletion, readDeleteOptions } from './delete-options.ts';
import { storedObject } from './get.ts';
import { selectionQuery } from './list.ts';

/** Kinds whose deletion answers with the object even when it is gone at once (ReturnDeletedObject). */
const RETURNED: readonly string[] = Object.freeze([
  'Pod',
  'Service',
  'ServiceAccount',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'PodTemplate',
]);

/** Takes one object away, or marks it (endpoints/handlers/delete.go). @throws StatusError */
export function deleteOne(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind } = request;
  const old = storedObject(server, request);
  const warnings: string[] = [];
  const left = deleteObject(server, request, old, readDeleteOptions(server, request), warnings);
  if (left !== undefined) return presentObject(server, request, served(kind, left), { warnings });
  if (RETURNED.includes(kind.kind) && kind.isCustom !== true) {
    return presentObject(server, request, served(kind, old), { warnings });
  }
  const { name, uid } = old.metadata;
  return success(
    { name, ...(kind.group !== '' && { group: kind.group }), kind: kind.resource, uid: uid ?? '' },
    warnings,
  );
}

/** Takes away everything that matches; answers with what was there. @throws StatusError */
export function deleteCollection(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind } = request;
  const options = readDeleteOptions(server, request);
  const selection = select(kind, selectionQuery(request));
  const { revision, objects } = server.collections.now(kind);
  const meant = objects.filter(selection.matches);
  const warnings: string[] = [];
  for (const object of meant) deleteObject(server, request, object, options, warnings);
  return presentList(
    server,
    request,
    { resourceVersion: String(revision) },
    meant.map((each) => served(kind, each)),
    warnings,
  );
}

function deleteObject(
  { registry, authorship }: ServerParts,
  { kind, user }: ResourceRequest,
  object: KubeObject,
  options: RequestedDeletion,
  warnings: string[],
): KubeObject | undefined {
  const { namespace = '', name } = object.metadata;
  const asked = { user: user.name, userInfo: user, requestKind: kind, warn: (text: string) => warnings.push(text) };
  const left = carryWarnings(warnings, () =>
    registry.delete(storedKind(kind), namespace, name, { ...options, ...asked }),
  );
  if (!options.dryRun) authorship.deleted(object);
  return left;
}
