import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import { decodeBody } from '../decode-body.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject, served } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { inNamespace } from './create.ts';
import { storedObject } from './get.ts';
import { readWriteQuery } from './write-query.ts';

/** A whole object in the place of the stored one (endpoints/handlers/update.go). @throws StatusError */
export function update(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind, http, user } = request;
  const { dryRun, fieldValidation, fieldManager } = readWriteQuery(request, 'UpdateOptions');
  const contentType = http.headers['content-type'] ?? '';
  const { object, warnings } = decodeBody(server.codec, kind, { body: http.body, contentType }, fieldValidation);
  const placed = underName(inNamespace(object, request), request);
  const stored = kind.stored?.kind ?? kind;
  const sent = kind.stored === undefined ? placed : kind.stored.toStored(placed);
  const said = [...warnings];
  const warn = (text: string) => said.push(text);
  const old = storedObject(server, request);
  const updated = server.registry.update(stored, sent, { user: user.name, userInfo: user, dryRun, fieldManager, warn });
  said.push(...(stored.warnings?.(updated, old) ?? []));
  return presentObject(server, request, served(kind, updated), { warnings: said });
}

/** The object, which must have the name of the request. @throws StatusError BadRequest */
export function underName(object: KubeObject, { info }: Pick<ResourceRequest, 'info'>): KubeObject {
  const { name } = object.metadata;
  if (!name) {
    throw newBadRequest(`the name of the object (${info.name} based on URL) was undeterminable: name must be provided`);
  }
  if (name === info.name) return object;
  throw newBadRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`);
}
