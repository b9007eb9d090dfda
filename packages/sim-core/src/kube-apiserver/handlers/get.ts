import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newNotFound } from '../../apimachinery/status-error.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served } from '../stored-version.ts';

/** One object (endpoints/handlers/get.go). @throws StatusError NotFound */
export function get(server: ServerParts, request: ResourceRequest): ApiResponse {
  return presentObject(server, request, served(request.kind, storedObject(server, request)));
}

/** What the store has under the name of the request. @throws StatusError NotFound */
export function storedObject({ collections }: ServerParts, { kind, info }: ResourceRequest): KubeObject {
  const object = collections.get(kind, kind.namespaced ? info.namespace : '', info.name);
  if (object === undefined) throw newNotFound(kind, info.name);
  return object;
}
