import type { Kind } from '../apimachinery/kind.ts';
import { verbsOf } from './discovery/groups.ts';
import { create } from './handlers/create.ts';
import { deleteCollection, deleteOne } from './handlers/delete.ts';
import { get } from './handlers/get.ts';
import { list } from './handlers/list.ts';
import { patch } from './handlers/patch.ts';
import { update } from './handlers/update.ts';
import { watch } from './handlers/watch.ts';
import type { RequestInfo } from './request-info.ts';
import { SUBRESOURCES } from './subresources/index.ts';
import type { Handler } from './subresources/subresource.ts';

/** What a stored kind does with each verb. */
const HANDLERS: Readonly<Record<string, Handler>> = Object.freeze({
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: deleteOne,
  deletecollection: deleteCollection,
});

/** Verbs that a request without a name may have. */
const COLLECTION_VERBS: readonly string[] = Object.freeze(['list', 'watch', 'create', 'deletecollection']);

/** The handler of a request about a kind; 'not found': there is no such path; 'not allowed': the path knows other verbs. */
export function routeOf(kind: Kind, info: RequestInfo): Handler | 'not found' | 'not allowed' {
  if (!isPath(kind, info)) return 'not found';
  if (info.subresource !== '') {
    const subresource = SUBRESOURCES.find(({ name, of }) => name === info.subresource && of(kind));
    if (subresource === undefined) return 'not found';
    return own(subresource.verbs, info.verb) ?? 'not allowed';
  }
  if (!verbsOf(kind).includes(info.verb)) return 'not allowed';
  if (kind.namespaced && info.namespace === '' && info.verb !== 'list' && info.verb !== 'watch') return 'not allowed';
  const isNamed = info.name !== '';
  if (info.verb !== 'watch' && isNamed === COLLECTION_VERBS.includes(info.verb)) return 'not allowed';
  return own(HANDLERS, info.verb) ?? 'not allowed';
}

/** Kinds of namespaces have no objects outside of one, and cluster-wide kinds none inside. */
function isPath(kind: Kind, { namespace, name, resource, subresource, rest }: RequestInfo): boolean {
  if (rest.length > 0 && subresource !== 'proxy') return false;
  if (kind.namespaced) return namespace !== '' || name === '';
  return namespace === '' || resource === 'namespaces';
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
