import { groupResource } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newConflict, newNotFound } from '../../apimachinery/status-error.ts';
import type { DecodedBody } from '../decode-body.ts';
import type { ApiResponse } from '../http/message.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { patchObject } from '../patch/patch-object.ts';
import { APPLY_PATCH, patchTypeOf } from '../patch/patch-types.ts';
import { presentObject, served } from '../present.ts';
import type { WriteOptions } from '../registry.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { inNamespace } from './create.ts';
import { underName } from './update.ts';
import { readPatchQuery } from './write-query.ts';

/** A patched object on its way to the store, both as the store has them. */
export interface Patched {
  readonly object: KubeObject;
  readonly old: KubeObject;
  readonly options: WriteOptions;
}

/** Writes what a patch made of an object that was there. */
export type PatchWriter = (server: ServerParts, request: ResourceRequest, patched: Patched) => KubeObject;

/** Changes a part of an object (endpoints/handlers/patch.go). @throws StatusError */
export const patch = patchWith(
  ({ registry }, { kind }, { object, options }) => registry.update(kind.stored?.kind ?? kind, object, options),
  { creates: true },
);

/** Changes status only. @throws StatusError */
export const patchStatus = patchWith(({ registry }, { kind }, { object, options }) =>
  registry.updateStatus(kind.stored?.kind ?? kind, object, options),
);

/**
 * A patch handler that hands what it made to `write`.
 * @param creates whether server-side apply makes what is not there
 */
export function patchWith(
  write: PatchWriter,
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
    const object = storedForm(request, underName(inNamespace(patched.object, request), request));
    const said = [...patched.warnings];
    const options: WriteOptions = {
      user: user.name,
      userInfo: user,
      dryRun,
      fieldManager,
      subresource: info.subresource,
      fieldsAreManaged: type === APPLY_PATCH,
      warn: (text) => said.push(text),
    };
    const stored = kind.stored?.kind ?? kind;
    const isNew = old === undefined;
    const result = isNew
      ? server.registry.create(stored, newObject(request, object), options)
      : write(server, request, { object, old, options });
    const warnings = [...said, ...(stored.warnings?.(result, old) ?? [])];
    return presentObject(server, request, served(kind, result), { status: isNew ? 201 : 200, warnings });
  };
}

function current({ store }: ServerParts, { kind, info }: ResourceRequest): KubeObject | undefined {
  return store.get(groupResource(kind.stored?.kind ?? kind), kind.namespaced ? info.namespace : '', info.name);
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

function storedForm({ kind }: ResourceRequest, object: KubeObject): KubeObject {
  return kind.stored === undefined ? object : kind.stored.toStored(object);
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
