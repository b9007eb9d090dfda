import type { Pod } from '../../api/core-v1/pod.ts';
import { required } from '../../apimachinery/field-error.ts';
import { newConflict, newInvalid } from '../../apimachinery/status-error.ts';
import { readBody } from '../decode-body.ts';
import { storedObject } from '../handlers/get.ts';
import { json } from '../http/responses.ts';
import type { Handler, Subresource } from './subresource.ts';

/** Puts a pod on a node (pkg/registry/core/pod/storage/storage.go BindingREST). */
const bind: Handler = (server, request) => {
  const { http, info } = request;
  const { value } = readBody(server.codec.readers, 'Binding', http.body, http.headers['content-type'] ?? '');
  const { target } = value as { target?: { name?: unknown } };
  if (typeof target?.name !== 'string' || target.name === '') {
    throw newInvalid({ group: '', kind: 'Binding' }, info.name, [required('target.name')]);
  }
  const pod = storedObject(server, request) as Pod;
  if (pod.spec.nodeName) {
    throw newConflict(
      { group: '', resource: 'pods/binding' },
      info.name,
      `pod ${info.name} is already assigned to node "${pod.spec.nodeName}"`,
    );
  }
  server.registry.bind(pod, target.name);
  return json(201, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 });
};

export const binding: Subresource = Object.freeze({
  name: 'binding',
  of: ({ group, kind }) => group === '' && kind === 'Pod',
  answers: { group: '', version: '', kind: 'Binding' },
  verbs: { create: bind },
} satisfies Subresource);
