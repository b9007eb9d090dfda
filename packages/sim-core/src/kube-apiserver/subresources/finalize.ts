import type { Namespace } from '../../api/core-v1/namespace.ts';
import { namespaces } from '../../api/core-v1/namespace.ts';
import { decodeBody } from '../decode-body.ts';
import { underName } from '../handlers/update.ts';
import { presentObject } from '../present.ts';
import type { Handler, Subresource } from './subresource.ts';

const update: Handler = (server, request) => {
  const { http, kind } = request;
  const body = { body: http.body, contentType: http.headers['content-type'] ?? '' };
  const { object } = decodeBody(server.codec, kind, body, 'Ignore');
  const finalized = server.registry.finalize(namespaces, underName(object, request) as Namespace);
  return presentObject(server, request, finalized);
};

/** Takes off what holds a namespace in its spec. */
export const finalize: Subresource = Object.freeze({
  name: 'finalize',
  of: (kind) => kind === namespaces,
  verbs: { update },
} satisfies Subresource);
