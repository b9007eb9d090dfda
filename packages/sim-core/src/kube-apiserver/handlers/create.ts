import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import { review } from '../authorization/reviews.ts';
import { decodeBody } from '../decode-body.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject, served } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { readWriteQuery } from './write-query.ts';

/** A new object (endpoints/handlers/create.go). @throws StatusError */
export function create(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind, info, http, user } = request;
  const { dryRun, fieldValidation, fieldManager } = readWriteQuery(request, 'CreateOptions');
  const contentType = http.headers['content-type'] ?? '';
  const { object, warnings } = decodeBody(server.codec, kind, { body: http.body, contentType }, fieldValidation);
  const placed = inNamespace(object, request);
  const answer = review(kind, placed, {
    access: server.access,
    user,
    namespace: info.namespace,
    now: server.clock.now(),
  });
  if (answer !== undefined) return presentObject(server, request, answer, { status: 201, warnings });
  const stored = kind.stored?.kind ?? kind;
  const sent = kind.stored === undefined ? placed : kind.stored.toStored(placed);
  const said = [...warnings];
  const warn = (text: string) => said.push(text);
  const created = server.registry.create(stored, sent, { user: user.name, userInfo: user, dryRun, fieldManager, warn });
  if (!dryRun) server.authorship.created(created, user);
  said.push(...(stored.warnings?.(created) ?? []));
  return presentObject(server, request, served(kind, created), { status: 201, warnings: said });
}

/** The object in the namespace of the request. @throws StatusError BadRequest when it names another one */
export function inNamespace(object: KubeObject, { kind, info }: Pick<ResourceRequest, 'kind' | 'info'>): KubeObject {
  if (!kind.namespaced) return object;
  const { namespace } = object.metadata;
  if (namespace && namespace !== info.namespace) {
    throw newBadRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  return { ...object, metadata: { ...object.metadata, namespace: info.namespace } };
}
