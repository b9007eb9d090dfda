import { GoLiteral, invalid } from '../../apimachinery/field-error.ts';
import type { Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newInvalid } from '../../apimachinery/status-error.ts';
import { carryWarnings } from '../carry-warnings.ts';
import type { ApiResponse } from '../http/message.ts';
import { presentObject } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served, toStored } from '../stored-version.ts';
import { storedObject } from './get.ts';
import { inNamespace, sentObject, underName } from './sent-object.ts';
import { type ChangeWriter, writeObject, writeStatus } from './write-change.ts';
import { readWriteQuery } from './write-query.ts';

/** A whole object in the place of the stored one (endpoints/handlers/update.go). @throws StatusError */
export const update = updateWith(writeObject);

/** The status of the sent object in the place of the stored one. @throws StatusError */
export const updateStatus = updateWith(writeStatus);

/** A handler of PUT that hands what was sent to `write`. */
export function updateWith(write: ChangeWriter): (server: ServerParts, request: ResourceRequest) => ApiResponse {
  return (server, request) => {
    const { kind, user, info } = request;
    const { dryRun, fieldValidation, fieldManager } = readWriteQuery(request, 'UpdateOptions');
    const { object, warnings } = sentObject(server, request, fieldValidation);
    const placed = underName(inNamespace(object, request), request);
    refuseUnconditional(kind, placed);
    const sent = toStored(kind, placed);
    const said = [...warnings];
    const warn = (text: string) => said.push(text);
    const { subresource } = info;
    const options = { user: user.name, userInfo: user, requestKind: kind, dryRun, fieldManager, subresource, warn };
    const change = { object: sent, old: storedObject(server, request), options };
    const updated = carryWarnings(said, () => write(server, request, change));
    return presentObject(server, request, served(kind, updated), { warnings: said });
  };
}

/** Of some kinds only what the writer has seen may be replaced (store.go, AllowUnconditionalUpdate). @throws StatusError Invalid */
function refuseUnconditional(kind: Kind, { metadata }: KubeObject): void {
  if (kind.needsResourceVersion !== true || metadata.resourceVersion) return;
  const error = invalid('metadata.resourceVersion', new GoLiteral('0x0'), 'must be specified for an update');
  throw newInvalid(kind, metadata.name, [error]);
}
