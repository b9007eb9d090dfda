import { validateEphemeralContainersUpdate } from '../../api/core-v1/pod/validation/ephemeral-containers.ts';
import type { Pod } from '../../api/core-v1/pod.ts';
import { decodeBody } from '../decode-body.ts';
import { inNamespace } from '../handlers/create.ts';
import { get, storedObject } from '../handlers/get.ts';
import { type PatchWriter, patchWith } from '../handlers/patch.ts';
import { underName } from '../handlers/update.ts';
import { readWriteQuery } from '../handlers/write-query.ts';
import { presentObject } from '../present.ts';
import type { Handler, Subresource } from './subresource.ts';

/** Takes over nothing but the ephemeral containers (pkg/registry/core/pod/strategy.go dropNonEphemeralContainerUpdates). */
const write: PatchWriter = ({ registry }, { kind }, { object, old, options }) => {
  const { ephemeralContainers } = (object as Pod).spec;
  const pod = { ...old, spec: { ...(old as Pod).spec, ephemeralContainers } } as Pod;
  return registry.update(kind, pod, {
    ...options,
    validateUpdate: (next, before) => validateEphemeralContainersUpdate(next as Pod, before as Pod),
  });
};

const update: Handler = (server, request) => {
  const { http, kind, user } = request;
  const { fieldValidation, dryRun, fieldManager } = readWriteQuery(request, 'UpdateOptions');
  const body = { body: http.body, contentType: http.headers['content-type'] ?? '' };
  const { object, warnings } = decodeBody(server.codec, kind, body, fieldValidation);
  const sent = underName(inNamespace(object, request), request);
  const options = { user: user.name, dryRun, fieldManager, subresource: 'ephemeralcontainers' };
  const updated = write(server, request, { object: sent, old: storedObject(server, request), options });
  return presentObject(server, request, updated, { warnings });
};

/** Containers that are added to a running pod to look into it (`kubectl debug`). */
export const ephemeralContainers: Subresource = Object.freeze({
  name: 'ephemeralcontainers',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  verbs: { get, update, patch: patchWith(write) },
} satisfies Subresource);
