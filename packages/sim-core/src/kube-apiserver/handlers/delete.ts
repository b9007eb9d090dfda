import type { KubeObject } from '../../apimachinery/object-meta.ts';
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
  const left = deleteObject(server, request, old, readDeleteOptions(server, request));
  if (left !== undefined) return presentObject(server, request, served(kind, left));
  if (RETURNED.includes(kind.kind) && kind.isCustom !== true) return presentObject(server, request, served(kind, old));
  const { name, uid } = old.metadata;
  return success({ name, ...(kind.group !== '' && { group: kind.group }), kind: kind.resource, uid: uid ?? '' });
}

/** Takes away everything that matches; answers with what was there. @throws StatusError */
export function deleteCollection(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind } = request;
  const options = readDeleteOptions(server, request);
  const selection = select(kind, selectionQuery(request));
  const { revision, objects } = server.collections.now(kind);
  const meant = objects.filter(selection.matches);
  for (const object of meant) deleteObject(server, request, object, options);
  return presentList(
    server,
    request,
    { resourceVersion: String(revision) },
    meant.map((each) => served(kind, each)),
  );
}

function deleteObject(
  { registry, authorship }: ServerParts,
  { kind, user }: ResourceRequest,
  object: KubeObject,
  options: RequestedDeletion,
): KubeObject | undefined {
  const { metadata } = object;
  if (!options.dryRun) authorship.deleted(object);
  return registry.delete(storedKind(kind), metadata.namespace ?? '', metadata.name, { ...options, user: user.name });
}
