import { decodeBody } from '../decode-body.ts';
import { inNamespace } from '../handlers/create.ts';
import { get } from '../handlers/get.ts';
import { patchStatus } from '../handlers/patch.ts';
import { underName } from '../handlers/update.ts';
import { readWriteQuery } from '../handlers/write-query.ts';
import { presentObject, served } from '../present.ts';
import type { Handler, Subresource } from './subresource.ts';

const updateStatus: Handler = (server, request) => {
  const { kind, http, user } = request;
  const { fieldValidation, dryRun, fieldManager } = readWriteQuery(request, 'UpdateOptions');
  const contentType = http.headers['content-type'] ?? '';
  const { object, warnings } = decodeBody(server.codec, kind, { body: http.body, contentType }, fieldValidation);
  const placed = underName(inNamespace(object, request), request);
  const stored = kind.stored?.kind ?? kind;
  const sent = kind.stored === undefined ? placed : kind.stored.toStored(placed);
  const updated = server.registry.updateStatus(stored, sent, { user: user.name, dryRun, fieldManager });
  return presentObject(server, request, served(kind, updated), { warnings });
};

/** What controllers say of an object, apart from what users want of it. */
export const status: Subresource = Object.freeze({
  name: 'status',
  of: ({ hasStatus }) => hasStatus === true,
  verbs: { get, update: updateStatus, patch: patchStatus },
} satisfies Subresource);
