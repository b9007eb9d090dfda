/** What a request asks for, read from its path and method (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go). */
export interface RequestInfo {
  /** Whether it is about a resource, as opposed to a path such as /version. */
  readonly isResourceRequest: boolean;
  /** `get list watch create update patch delete deletecollection`; for other paths the method in lower case. */
  readonly verb: string;
  /** Without the query. */
  readonly path: string;
  /** '' for the core group. */
  readonly apiGroup: string;
  readonly apiVersion: string;
  /** '' when the request is about the whole cluster. */
  readonly namespace: string;
  readonly resource: string;
  readonly subresource: string;
  /** '' when the request is about a collection. */
  readonly name: string;
  /** What follows the subresource: the path behind `proxy`. */
  readonly rest: readonly string[];
}

const VERBS: Readonly<Record<string, string>> = Object.freeze({
  POST: 'create',
  GET: 'get',
  HEAD: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
});

/** Subresources of namespaces; everything else behind a namespace's name is a resource in it. */
const NAMESPACE_SUBRESOURCES: readonly string[] = Object.freeze(['status', 'finalize']);

/** Reads a request. Segments that cannot be decoded stay as they are. */
export function requestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
  const parts = path
    .split('/')
    .filter((part) => part !== '')
    .map(decodeSegment);
  const [prefix, ...behind] = parts;
  const isApi = prefix === 'api' ? behind.length >= 2 : prefix === 'apis' && behind.length >= 3;
  if (!isApi) return otherPath(method, path);
  const [apiGroup, apiVersion, ...rest] = prefix === 'api' ? ['', ...behind] : behind;
  const base = { isResourceRequest: true, path, apiGroup: apiGroup as string, apiVersion: apiVersion as string };
  return { ...base, ...resourceOf(rest, VERBS[method] ?? method.toLowerCase(), query) };
}

type ResourcePart = Pick<RequestInfo, 'verb' | 'namespace' | 'resource' | 'subresource' | 'name' | 'rest'>;

function resourceOf(parts: readonly string[], verb: string, query: URLSearchParams): ResourcePart {
  const isWatchPath = parts[0] === 'watch' && parts.length > 1;
  const [namespace, rest] = namespaceOf(isWatchPath ? parts.slice(1) : parts);
  const [resource = '', name = '', subresource = '', ...more] = rest;
  const named = { namespace, resource, subresource, name, rest: more };
  return { ...named, verb: isWatchPath ? 'watch' : verbOf(verb, name, query) };
}

/** Namespaces are resources themselves, and the way to those that live in them. */
function namespaceOf(parts: readonly string[]): [namespace: string, rest: readonly string[]] {
  const [first, name, next] = parts;
  if (first !== 'namespaces' || name === undefined) return ['', parts];
  if (next === undefined || NAMESPACE_SUBRESOURCES.includes(next)) return [name, parts];
  return [name, parts.slice(2)];
}

function verbOf(verb: string, name: string, query: URLSearchParams): string {
  if (verb === 'delete') return name === '' ? 'deletecollection' : 'delete';
  if (verb !== 'get' || name !== '') return verb;
  return isTrue(query.get('watch')) ? 'watch' : 'list';
}

/** Booleans as Go parses them (strconv.ParseBool); a bare `?watch` counts as true. */
export function isTrue(text: string | null): boolean {
  return text !== null && /^(1|t|T|true|TRUE|True|)$/.test(text);
}

function otherPath(method: string, path: string): RequestInfo {
  const nothing = { apiGroup: '', apiVersion: '', namespace: '', resource: '', subresource: '', name: '', rest: [] };
  return { isResourceRequest: false, verb: method.toLowerCase(), path, ...nothing };
}

function decodeSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
