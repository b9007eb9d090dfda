import type { Namespace } from '../../api/core-v1/namespace.ts';
import { namespaces } from '../../api/core-v1/namespace.ts';
import { sentObject, underName } from '../handlers/sent-object.ts';
import { presentObject } from '../present.ts';
import type { Handler, Subresource } from './subresource.ts';

const update: Handler = (server, request) => {
  const { object } = sentObject(server, request, 'Ignore');
  const finalized = server.registry.finalize(namespaces, underName(object, request) as Namespace);
  return presentObject(server, request, finalized);
};

/** Takes off what holds a namespace in its spec. */
export const finalize: Subresource = Object.freeze({
  name: 'finalize',
  of: (kind) => kind === namespaces,
  verbs: { update },
} satisfies Subresource);
