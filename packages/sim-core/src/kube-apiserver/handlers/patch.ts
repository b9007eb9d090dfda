import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newConflict, newNotFound } from '../../apimachinery/status-error.ts';
import { carryWarnings } from '../carry-warnings.ts';
import type { DecodedBody } from '../decode-body.ts';
import type { ApiResponse } from '../http/message.ts';
import { storedResource } from '../list/collections.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { patchObject } from '../patch/patch-object.ts';
import { APPLY_PATCH, patchTypeOf } from '../patch/patch-types.ts';
import { presentObject } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served, storedKind, toStored } from '../stored-version.ts';
import type { WriteOptions } from '../write-options.ts';
import { inNamespace, underName } from './sent-object.ts';
import { type ChangeWriter, writeObject, writeStatus } from './write-change.ts';
import { readPatchQuery } from './write-query.ts';

/** Changes a part of an object (endpoints/handlers/patch.go). @throws StatusError */
export const patch = patchWith(writeObject, { creates: true });

/** Changes status only. @throws StatusError */
export const patchStatus = patchWith(writeStatus);

/**
 * A patch handler that hands what it made to `write`.
 * @param creates whether server-side apply makes what is not there
 */
export function patchWith(
  write: ChangeWriter,
  { creates = false }: { creates?: boolean } = {},
): (server: ServerParts, request: ResourceRequest) => ApiResponse {
  return (server, request) => {
    const { kind, user, http, info } = request;
    const type = patchTypeOf(kind, http.headers['content-type']);
    const { dryRun, fieldManager } = readPatchQuery(request, type);
    const old = current(server, request);
    if (old === undefined) {
      if (!creates || type !== APPLY_PATCH) throw newNotFound(kind, info.name);
      server.access.authorize({ ...info, user, verb: 'create' });
    }
    const patched = patchedWith(server, request, old, type);
    const object = toStored(kind, underName(inNamespace(patched.object, request), request));
    const said = [...patched.warnings];
    const options: WriteOptions = {
      user: user.name,
      userInfo: user,
      requestKind: kind,
      dryRun,
      fieldManager,
      subresource: info.subresource,
      fieldsAreManaged: type === APPLY_PATCH,
      warn: (text) => said.push(text),
    };
    const isNew = old === undefined;
    const result = carryWarnings(said, () =>
      isNew ? createdObject(server, request, object, options) : write(server, request, { object, old, options }),
    );
    return presentObject(server, request, served(kind, result), { status: isNew ? 201 : 200, warnings: said });
  };
}

function current({ store }: ServerParts, { kind, info }: ResourceRequest): KubeObject | undefined {
  return store.get(storedResource(kind), kind.namespaced ? info.namespace : '', info.name);
}

/** @throws StatusError */
function patchedWith(
  server: ServerParts,
  request: ResourceRequest,
  old: KubeObject | undefined,
  type: string,
): DecodedBody {
  const { kind, http, info } = request;
  const { fieldValidation: validation, fieldManager, force } = readPatchQuery(request, type);
  const live = old && served(kind, server.managedFields.shown(old));
  const sent = { type, body: http.body, validation };
  if (type !== APPLY_PATCH && live !== undefined) return patchObject(server.codec, kind, live, sent);
  return applyPatch(server, kind, live, sent, { fieldManager, force, subresource: info.subresource });
}

function createdObject(
  { registry }: ServerParts,
  request: ResourceRequest,
  object: KubeObject,
  options: WriteOptions,
): KubeObject {
  const stored = storedKind(request.kind);
  const created = registry.create(stored, newObject(request, object), options);
  for (const text of stored.warnings?.(created) ?? []) options.warn?.(text);
  return created;
}

/** @throws StatusError Conflict when the configuration speaks of an object that was there once */
function newObject({ kind, info }: ResourceRequest, object: KubeObject): KubeObject {
  const { uid, resourceVersion } = object.metadata;
  if (uid) {
    const gone = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
    throw newConflict(kind, info.name, gone);
  }
  if (resourceVersion) throw newConflict(kind, info.name);
  return object;
}
