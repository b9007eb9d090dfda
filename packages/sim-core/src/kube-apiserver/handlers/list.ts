import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newResourceExpired, newTimeout } from '../../apimachinery/status-error.ts';
import type { ApiResponse } from '../http/message.ts';
import type { Collection } from '../list/collections.ts';
import { decodeContinue, encodeContinue } from '../list/continue-token.ts';
import { type ListOptions, readListOptions } from '../list/list-options.ts';
import { type Selection, select } from '../list/selection.ts';
import { type ListMeta, presentList } from '../present.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import { served } from '../stored-version.ts';

const EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/** Many objects, whole or in pieces (endpoints/handlers/get.go ListResource). @throws StatusError BadRequest, Expired */
export function list(server: ServerParts, request: ResourceRequest): ApiResponse {
  const { kind, query } = request;
  const options = readListOptions(query, false);
  const selection = select(kind, selectionQuery(request));
  const { collection, from } = startOf(server, request, options);
  const all =
    selection.namespace === '' && !selection.isNarrowed
      ? collection.objects
      : collection.objects.filter(selection.matches);
  const piece = cut(all, from, options.limit);
  const meta = listMeta(collection, piece, selection);
  return presentList(
    server,
    request,
    meta,
    kind.stored === undefined ? piece.objects : piece.objects.map((each) => served(kind, each)),
  );
}

/** What narrows the collection that a request is about. */
export function selectionQuery({ query, info }: ResourceRequest) {
  return {
    namespace: info.namespace,
    labelSelector: query.get('labelSelector'),
    fieldSelector: query.get('fieldSelector'),
  };
}

/** The moment that the list shows, and how many objects of it were sent before. */
function startOf(
  { collections, store }: ServerParts,
  { kind }: ResourceRequest,
  { continue: token, resourceVersion = 0 }: ListOptions,
): { collection: Collection; from: string } {
  if (token !== '') {
    const { revision, after } = decodeContinue(token);
    const collection = collections.at(kind, revision);
    if (collection === undefined) throw newResourceExpired(EXPIRED);
    return { collection, from: after };
  }
  if (resourceVersion > store.revision) {
    throw newTimeout(`Too large resource version: ${resourceVersion}, current: ${store.revision}`);
  }
  return { collection: collections.now(kind), from: '' };
}

/** A piece of a list. */
interface Piece {
  readonly objects: readonly KubeObject[];
  /** How many more there are. */
  readonly remaining: number;
}

function cut(all: readonly KubeObject[], from: string, asked: number): Piece {
  const limit = pieceSize(asked, all.length);
  const first = from === '' ? 0 : all.findIndex((object) => continuesAfter(object, from));
  if (first < 0) return { objects: [], remaining: 0 };
  if (limit <= 0 && first === 0) return { objects: all, remaining: 0 };
  const end = limit > 0 ? Math.min(first + limit, all.length) : all.length;
  return { objects: all.slice(first, end), remaining: all.length - end };
}

/** kubectl reads lists in pieces of this size, ten at once and then five in a second. */
const CHUNK = 500;
/** So that it is never held up, a list comes in no more pieces than this. */
const MOST_PIECES = 8;

/** `limit` is what a client wishes; a server may send more (meta/v1 ListOptions). Long lists for kubectl come in larger pieces. */
function pieceSize(limit: number, count: number): number {
  return limit >= CHUNK ? Math.max(limit, Math.ceil(count / MOST_PIECES)) : limit;
}

function continuesAfter({ metadata }: KubeObject, after: string): boolean {
  const { namespace = '', name } = metadata;
  const [lastNamespace = '', lastName = ''] = splitKey(after);
  return namespace === lastNamespace ? name > lastName : namespace > lastNamespace;
}

function splitKey(key: string): [string, string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

function listMeta({ revision }: Collection, { objects, remaining }: Piece, { isNarrowed }: Selection): ListMeta {
  const resourceVersion = String(revision);
  const last = objects.at(-1);
  if (remaining === 0 || last === undefined) return { resourceVersion };
  const after = `${last.metadata.namespace ?? ''}/${last.metadata.name}`;
  const more = { resourceVersion, continue: encodeContinue({ revision, after }) };
  // How many of them match is not known before they are read (etcd3/store.go GetList).
  return isNarrowed ? more : { ...more, remainingItemCount: remaining };
}
