import { newBadRequest } from '../../apimachinery/status-error.ts';
import { readBody } from '../decode-body.ts';
import { evict } from '../eviction.ts';
import { deleteOptionsOf } from '../handlers/delete-options.ts';
import { readWriteQuery } from '../handlers/write-query.ts';
import { json } from '../http/responses.ts';
import type { Handler, Subresource } from './subresource.ts';

const create: Handler = (server, request) => {
  const { http, info, user } = request;
  const { value } = readBody(server.codec.readers, 'Eviction', http.body, http.headers['content-type'] ?? '');
  const { metadata, deleteOptions } = value as { metadata?: { name?: string }; deleteOptions?: unknown };
  if (metadata?.name !== undefined && metadata.name !== info.name) {
    throw newBadRequest('name in URL does not match name in Eviction object');
  }
  const options = deleteOptionsOf(deleteOptions ?? {});
  const dryRun = options.dryRun || readWriteQuery(request, 'CreateOptions').dryRun;
  return json(201, evict(server, info.namespace, info.name, { ...options, dryRun, user: user.name }));
};

/** Deletes a pod if its disruption budget allows it: what `kubectl drain` asks for. */
export const eviction: Subresource = Object.freeze({
  name: 'eviction',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  answers: { group: 'policy', version: 'v1', kind: 'Eviction' },
  verbs: { create },
} satisfies Subresource);
