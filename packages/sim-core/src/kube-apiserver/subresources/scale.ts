import { invalid } from '../../apimachinery/field-error.ts';
import { newBadRequest, newConflict, newInvalid } from '../../apimachinery/status-error.ts';
import { readBody } from '../decode-body.ts';
import { storedObject } from '../handlers/get.ts';
import { readPatchQuery, readWriteQuery, type WriteQuery } from '../handlers/write-query.ts';
import { json } from '../http/responses.ts';
import { patchValue } from '../patch/patch-object.ts';
import { JSON_PATCH, MERGE_PATCH, patchTypeOf, STRATEGIC_MERGE_PATCH } from '../patch/patch-types.ts';
import type { ResourceRequest } from '../resource-request.ts';
import { scaleAccess, scaleOf } from '../scale-object.ts';
import type { ServerParts } from '../server-parts.ts';
import type { Handler, Subresource } from './subresource.ts';

/** autoscaling/v1 Scale, as far as it can be written. */
interface SentScale {
  readonly metadata?: { readonly resourceVersion?: string };
  readonly spec?: { readonly replicas?: unknown };
}

const PATCH_TYPES: readonly string[] = Object.freeze([JSON_PATCH, MERGE_PATCH, STRATEGIC_MERGE_PATCH]);

const getScale: Handler = (server, request) => json(200, scaleOf(request.kind, storedObject(server, request)));

const updateScale: Handler = (server, request) => {
  const { body } = request.http;
  const { value } = readBody(server.codec.readers, 'Scale', body, request.http.headers['content-type'] ?? '');
  return write(server, request, value as SentScale, readWriteQuery(request, 'UpdateOptions'));
};

const patchScale: Handler = (server, request) => {
  const { kind, http } = request;
  const type = patchTypeOf(kind, http.headers['content-type'], PATCH_TYPES);
  const options = readPatchQuery(request, type);
  const current = scaleOf(kind, storedObject(server, request));
  const { value } = patchValue(server.codec.schema.kind('autoscaling/v1', 'Scale'), current, {
    type,
    body: http.body,
    validation: options.fieldValidation,
  });
  return write(server, request, value as SentScale, options);
};

/** pkg/registry/apps/deployment/storage ScaleREST: the replicas of the object become those of the scale. */
function write(server: ServerParts, request: ResourceRequest, sent: SentScale, options: WriteQuery) {
  const { kind, user } = request;
  const old = storedObject(server, request);
  const replicas = replicasOf(sent, request);
  const { resourceVersion } = sent.metadata ?? {};
  if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) throw newConflict(kind, old.metadata.name);
  const scaled = scaleAccess(kind).withReplicas(old, replicas);
  const { dryRun, fieldManager } = options;
  const asked = { user: user.name, userInfo: user, dryRun, fieldManager, subresource: 'scale' };
  const updated = server.registry.update(kind, scaled, asked);
  return json(200, scaleOf(kind, updated));
}

/** @throws StatusError Invalid, BadRequest */
function replicasOf({ spec }: SentScale, { info }: ResourceRequest): number {
  const replicas = spec?.replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas !== (replicas | 0)) {
    throw newBadRequest(
      `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
    );
  }
  if (replicas >= 0) return replicas;
  const error = invalid('spec.replicas', replicas, 'must be greater than or equal to 0');
  throw newInvalid({ group: 'autoscaling', kind: 'Scale' }, info.name, [error]);
}

/** How many replicas there are and should be, the same for every kind that has them. */
export const scale: Subresource = Object.freeze({
  name: 'scale',
  of: (kind) => kind.scale !== undefined,
  answers: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  verbs: { get: getScale, update: updateScale, patch: patchScale },
} satisfies Subresource);
