import { type TokenRequest, tokenRequests } from '../../api/authentication-v1/token-request.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import { requestToken } from '../authentication/token-request.ts';
import { sentObject } from '../handlers/sent-object.ts';
import { readWriteQuery } from '../handlers/write-query.ts';
import { presentObject } from '../present.ts';
import type { Handler, Subresource } from './subresource.ts';

const create: Handler = (server, request) => {
  const { store, clock, access } = server;
  const { info } = request;
  const kind = tokenRequests as Kind;
  const { fieldValidation } = readWriteQuery(request, 'CreateOptions');
  const { object, warnings } = sentObject(server, { ...request, kind }, fieldValidation);
  const account = { namespace: info.namespace, name: info.name };
  const answer = requestToken(object as TokenRequest, account, { store, clock, tokens: access.tokens });
  return presentObject(server, { ...request, kind }, answer, { status: 201, warnings });
};

/** A token of a service account: what `kubectl create token` and kubelets ask for. */
export const token: Subresource = Object.freeze({
  name: 'token',
  of: ({ group, kind }) => group === '' && kind === 'ServiceAccount',
  answers: { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
  verbs: { create },
} satisfies Subresource);
