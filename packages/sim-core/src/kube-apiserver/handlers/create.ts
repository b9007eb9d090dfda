import { review } from '../authorization/reviews.ts';
import { carryWarnings } from '../carry-warnings.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served, storedKind, toStored } from '../stored-version.ts';
import { inNamespace, sentObject } from './sent-object.ts';
import { readWriteQuery } from './write-query.ts';

/** A new object (endpoints/handlers/create.go). @throws StatusError */
export function create(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind, info, user } = request;
  const { dryRun, fieldValidation, fieldManager } = readWriteQuery(request, 'CreateOptions');
  const { object, warnings } = sentObject(server, request, fieldValidation);
  const placed = inNamespace(object, request);
  const answer = review(kind, placed, {
    access: server.access,
    user,
    namespace: info.namespace,
    now: server.clock.now(),
  });
  if (answer !== undefined) return presentObject(server, request, answer, { status: 201, warnings });
  const stored = storedKind(kind);
  const sent = toStored(kind, placed);
  const said = [...warnings];
  const warn = (text: string) => said.push(text);
  const options = { user: user.name, userInfo: user, requestKind: kind, dryRun, fieldManager, warn };
  const created = carryWarnings(said, () => server.registry.create(stored, sent, options));
  if (!dryRun) server.authorship.created(created, user);
  said.push(...(stored.warnings?.(created) ?? []));
  return presentObject(server, request, served(kind, created), { status: 201, warnings: said });
}
