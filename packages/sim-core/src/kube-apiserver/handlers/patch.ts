import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { jsonMergePatch } from '../../apimachinery/patch/json-merge-patch.ts';
import type { JsonObject } from '../../apimachinery/patch/json-object.ts';
import { strategicMergePatch } from '../../apimachinery/patch/strategic-merge-patch.ts';
import { newUnsupportedMediaType } from '../../apimachinery/status-error.ts';
import { decodeValue, readBody } from '../decode-body.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject, served } from '../present.ts';
import type { WriteOptions } from '../registry.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { storedObject } from './get.ts';
import { underName } from './update.ts';
import { readWriteQuery } from './write-query.ts';

/** A patched object on its way to the store. */
export interface Patched {
  readonly object: KubeObject;
  readonly old: KubeObject;
  readonly options: WriteOptions;
}

/** Writes what a patch made. */
export type PatchWriter = (server: ServerParts, request: ResourceRequest, patched: Patched) => KubeObject;

/** Changes a part of an object (endpoints/handlers/patch.go). @throws StatusError */
export const patch = patchWith(({ registry }, { kind }, { object, options }) => registry.update(kind, object, options));

/** Changes status only. @throws StatusError */
export const patchStatus = patchWith(({ registry }, { kind }, { object, options }) =>
  registry.updateStatus(kind, object, options),
);

/** A patch handler that hands what it made to `write`. */
export function patchWith(write: PatchWriter): (server: ServerParts, request: ResourceRequest) => ApiResponse {
  return (server, request) => {
    const { kind, user } = request;
    const { dryRun, fieldValidation, fieldManager } = readWriteQuery(request, 'PatchOptions');
    const old = storedObject(server, request);
    const merged = mergedWith(server, request, old);
    const { object, warnings } = decodeValue(server.codec, kind, merged, [], fieldValidation);
    const patched = {
      object: underName(object, request),
      old,
      options: { user: user.name, userInfo: user, dryRun, fieldManager },
    };
    return presentObject(server, request, served(kind, write(server, request, patched)), { warnings });
  };
}

/** @throws StatusError UnsupportedMediaType, BadRequest */
function mergedWith({ codec }: ServerParts, { http, kind }: ResourceRequest, old: KubeObject): unknown {
  const contentType = (http.headers['content-type'] ?? '').split(';')[0] as string;
  const readers = { [contentType]: codec.readers['application/json'] as NonNullable<(typeof codec.readers)[string]> };
  if (contentType === 'application/merge-patch+json') {
    return jsonMergePatch(old, readBody(readers, kind.kind, http.body, contentType).value);
  }
  if (contentType === 'application/strategic-merge-patch+json') {
    const { value } = readBody(readers, kind.kind, http.body, contentType);
    return strategicMergePatch(
      codec.schema.kind(old.apiVersion, old.kind),
      old as unknown as JsonObject,
      value as JsonObject,
    );
  }
  throw newUnsupportedMediaType(['application/merge-patch+json', 'application/strategic-merge-patch+json']);
}
