import type { Kind } from '../../apimachinery/kind.ts';
import type { Schema } from '../../apimachinery/schema/types.ts';
import type { RandomStream } from '../../sim/random.ts';
import type { ApiRequest } from '../http/message.ts';
import { hostileBody } from './hostile-bodies.ts';
import { pick } from './hostile-values.ts';

type Json = Readonly<Record<string, unknown>>;

/** What requests are made of. */
export interface HostileParts {
  readonly random: RandomStream;
  readonly schema: Schema;
  readonly kinds: readonly Kind[];
  /** Objects that a cluster would take. */
  readonly objects: readonly Json[];
}

const METHODS: readonly string[] = Object.freeze([
  ...['POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'TRACE', 'post', ''],
]);
const NAMES: readonly string[] = Object.freeze([
  ...['web', 'nothing', 'default', 'kubernetes', 'a'.repeat(400), '..', '.', '%2e%2e', '%', '%zz', '%00', '%F0', 'A_b'],
  ...['__proto__', 'constructor', '*', '~', 'web/', ''],
]);
const SUBRESOURCES: readonly string[] = Object.freeze([
  ...['', '', '', 'status', 'scale', 'log', 'exec', 'eviction', 'binding', 'ephemeralcontainers', 'token', 'finalize'],
  ...['nothing', 'portforward', 'proxy', 'proxy/a?b', '__proto__'],
]);
const OTHER_PATHS: readonly string[] = Object.freeze([
  ...['/', '', '//', '/api', '/api/', '/apis', '/apis/apps', '/apis/apps/v1', '/version', '/healthz', '/openapi/v3'],
  ...['/openapi/v3/apis/apps/v1?hash=x', '/openapi/v2', '/api/v1', '/api/v2/pods', '/apis//v1/x', '/logs/../x'],
  ...['/api/v1/watch/pods', '/apis/__proto__/v1/x', '/api/v1/__proto__', '?', '/?/api', '/metrics', '/livez?verbose'],
]);
const PARAMETERS: readonly string[] = Object.freeze([
  ...['dryRun=All', 'dryRun=Nope', 'fieldManager=me', `fieldManager=${'m'.repeat(200)}`, 'fieldManager=%00'],
  ...['fieldValidation=Strict', 'fieldValidation=Warn', 'fieldValidation=Ignore', 'fieldValidation=x', 'force=true'],
  ...['labelSelector=a%3Db', 'labelSelector=%21%21', 'labelSelector=a+in+%28', 'fieldSelector=metadata.name%3Dweb'],
  ...['fieldSelector=x%3Dy', 'fieldSelector=%3D', 'limit=1', 'limit=-1', 'limit=x', 'continue=x', 'continue=e30'],
  ...['resourceVersion=0', 'resourceVersion=x', 'resourceVersion=-1', 'resourceVersion=99999999999999999999'],
  ...['resourceVersionMatch=Exact', 'resourceVersionMatch=x', 'gracePeriodSeconds=x', 'gracePeriodSeconds=0'],
  ...[
    'propagationPolicy=Orphan',
    'propagationPolicy=x',
    'pretty=true',
    'watch=true',
    'watch=x',
    'includeObject=x',
    'timeoutSeconds=1',
    'timeoutSeconds=x',
  ],
  ...[
    'tailLines=-1',
    'container=%2F',
    'command=ls',
    'sendInitialEvents=true',
    '%',
    '=',
    '&&&',
    '__proto__=1',
    'force=x',
  ],
]);
const ACCEPTS: readonly string[] = Object.freeze([
  ...['application/json', '*/*', 'application/yaml', 'text/html', ';;;', 'application/vnd.kubernetes.protobuf'],
  'application/json;as=Table;v=v1;g=meta.k8s.io',
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
  'application/json;as=__proto__;g=meta.k8s.io;v=v1',
  'constructor',
]);
const ODD_HEADERS = Object.freeze<Readonly<Record<string, string>>[]>([
  { authorization: 'Bearer x.y.z' },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'A'.repeat(5000)}` },
  { 'impersonate-user': 'jane' },
  { 'impersonate-group': 'x' },
  { 'impersonate-extra-%zz': 'x' },
  { 'if-none-match': '"x"' },
  { 'user-agent': '' },
  { 'user-agent': `${'u'.repeat(5000)}/1` },
]);

/** A request that is wrong in some way, or right by chance. */
export function hostileRequest(parts: HostileParts): ApiRequest {
  const { random, schema, kinds, objects } = parts;
  const object = pick(random, objects);
  const { contentType, body } = hostileBody(random, schema, object);
  const method = pick(random, METHODS);
  const path = random.next() < 0.1 ? pick(random, OTHER_PATHS) : pathFor(random, kinds, object, method);
  const query = Array.from({ length: random.integer(0, 3) }, () => pick(random, PARAMETERS)).join('&');
  const headers: Record<string, string> = {
    'user-agent': 'hostile/1',
    ...(contentType !== '' && { 'content-type': contentType }),
    ...(random.next() < 0.4 && { accept: pick(random, ACCEPTS) }),
    ...(random.next() < 0.05 && pick(random, ODD_HEADERS)),
  };
  return { method, url: query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`, headers, body };
}

/** Mostly the way of the object itself, so that bodies get far. */
function pathFor(random: RandomStream, kinds: readonly Kind[], object: Json, method: string): string {
  const own = kinds.find(({ kind, group, version }) => {
    const apiVersion = group === '' ? version : `${group}/${version}`;
    return kind === object.kind && apiVersion === object.apiVersion;
  });
  const { group, version, resource, namespaced } =
    own !== undefined && random.next() < 0.85 ? own : pick(random, kinds);
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const where =
    namespaced && random.next() < 0.95 ? `/namespaces/${random.next() < 0.95 ? 'default' : pick(random, NAMES)}` : '';
  const plain = method === 'POST' && random.next() < 0.8;
  const ownName = (object.metadata as { name?: string } | undefined)?.name;
  const name = plain ? '' : `/${random.next() < 0.8 && ownName !== undefined ? ownName : pick(random, NAMES)}`;
  const subresource = name === '' || random.next() < 0.7 ? '' : pick(random, SUBRESOURCES);
  return `${root}${where}/${resource}${name}${subresource === '' ? '' : `/${subresource}`}`;
}
