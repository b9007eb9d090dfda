import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest } from '../../apimachinery/status-error.ts';
import { type DecodedBody, decodeBody, type FieldValidation } from '../decode-body.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';

/** The object in the body of a request, as it was sent. @throws StatusError */
export function sentObject({ codec }: ServerParts, request: ResourceRequest, validation: FieldValidation): DecodedBody {
  const { kind, http } = request;
  return decodeBody(codec, kind, { body: http.body, contentType: http.headers['content-type'] ?? '' }, validation);
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

/** The object, which must have the name of the request. @throws StatusError BadRequest */
export function underName(object: KubeObject, { info }: Pick<ResourceRequest, 'info'>): KubeObject {
  const { name } = object.metadata;
  if (!name) {
    throw newBadRequest(`the name of the object (${info.name} based on URL) was undeterminable: name must be provided`);
  }
  if (name === info.name) return object;
  throw newBadRequest(`the name of the object (${name}) does not match the name on the URL (${info.name})`);
}
