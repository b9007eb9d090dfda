import { apiVersionOf, type Kind } from '../../apimachinery/kind.ts';
import {
  DELETE_PARAMETERS,
  FORCE,
  LIST_PARAMETERS,
  NAMESPACE_PARAMETER,
  nameParameter,
  PRETTY,
  WRITE_PARAMETERS,
} from './parameters.ts';
import { metaName, refTo } from './schema-names.ts';
import type { SchemaObject } from './schema-object.ts';

/** Group, version and kind of what an operation is about. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** A kind as its operations see it: what it is, and the names of its schemas. */
export interface DocumentedKind {
  readonly kind: Kind;
  readonly schema: string;
  readonly list: string;
  /** The name of autoscaling/v1 Scale's schema. */
  readonly scale: string;
}

type Action = 'list' | 'get' | 'post' | 'put' | 'patch' | 'delete' | 'deletecollection';

interface Shape {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly verb: string;
  readonly says: string;
  readonly parameters: readonly SchemaObject[];
  readonly codes: readonly number[];
}

const SHAPES: Readonly<Record<Action, Shape>> = Object.freeze({
  list: {
    method: 'get',
    verb: 'list',
    says: 'list or watch objects of kind',
    parameters: LIST_PARAMETERS,
    codes: [200],
  },
  get: { method: 'get', verb: 'read', says: 'read the specified', parameters: [], codes: [200] },
  post: { method: 'post', verb: 'create', says: 'create a', parameters: WRITE_PARAMETERS, codes: [200, 201, 202] },
  put: {
    method: 'put',
    verb: 'replace',
    says: 'replace the specified',
    parameters: WRITE_PARAMETERS,
    codes: [200, 201],
  },
  patch: {
    method: 'patch',
    verb: 'patch',
    says: 'partially update the specified',
    parameters: [...WRITE_PARAMETERS, FORCE],
    codes: [200, 201],
  },
  delete: { method: 'delete', verb: 'delete', says: 'delete a', parameters: DELETE_PARAMETERS, codes: [200, 202] },
  deletecollection: {
    method: 'delete',
    verb: 'deleteCollection',
    says: 'delete collection of',
    parameters: [...DELETE_PARAMETERS, ...LIST_PARAMETERS],
    codes: [200],
  },
});

/** The verb of RBAC and discovery that an action needs. */
const VERBS: Readonly<Record<Action, string>> = Object.freeze({
  list: 'list',
  get: 'get',
  post: 'create',
  put: 'update',
  patch: 'patch',
  delete: 'delete',
  deletecollection: 'deletecollection',
});

const MEDIA_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const CUSTOM_MEDIA_TYPES = ['application/json', 'application/yaml'];
const STRATEGIC = 'application/strategic-merge-patch+json';
const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  STRATEGIC,
  'application/apply-patch+yaml',
];
const CUSTOM_PATCH_TYPES = PATCH_TYPES.filter((type) => type !== STRATEGIC);
const TEXTS: Readonly<Record<number, string>> = Object.freeze({ 200: 'OK', 201: 'Created', 202: 'Accepted' });

interface Target {
  readonly gvk: GroupVersionKind;
  readonly schema: string;
  /** What is answered; the same unless it is a list or a deletion. */
  readonly answer: string;
  /** `Status`, `Scale` or ''. */
  readonly part: string;
}

function content(types: readonly string[], schema: string): SchemaObject {
  return Object.fromEntries(types.map((type) => [type, { schema: refTo(schema) }]));
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `networking.k8s.io` → `networking`; the core group is `core`. */
function shortGroup({ group }: Kind): string {
  return group === '' ? 'core' : (group.split('.')[0] ?? '');
}

/** `apps/v1` → `AppsV1`, `v1` → `CoreV1`. */
function operationScope(kind: Kind): string {
  return `${capitalized(shortGroup(kind))}${capitalized(kind.version)}`;
}

function body(action: Action, { schema }: Target, { isCustom }: Kind): SchemaObject | undefined {
  if (action === 'post' || action === 'put') return { content: { '*/*': { schema: refTo(schema) } }, required: true };
  if (action === 'patch') {
    return { content: content(isCustom ? CUSTOM_PATCH_TYPES : PATCH_TYPES, metaName('Patch')), required: true };
  }
  if (action === 'delete' || action === 'deletecollection') {
    return { content: { '*/*': { schema: refTo(metaName('DeleteOptions')) } } };
  }
  return undefined;
}

function operation(action: Action, kind: Kind, target: Target, everywhere = false): SchemaObject {
  const { says, verb, parameters, codes } = SHAPES[action];
  const { part, answer, gvk } = target;
  const scope = kind.namespaced && !everywhere ? 'Namespaced' : '';
  const what = part === '' ? says : says.replace('the specified', `${part.toLowerCase()} of the specified`);
  const requestBody = body(action, target, kind);
  const mediaTypes = kind.isCustom ? CUSTOM_MEDIA_TYPES : MEDIA_TYPES;
  const answers = codes.map((code) => [code, { description: TEXTS[code], content: content(mediaTypes, answer) }]);
  return {
    description: `${what} ${kind.kind}`,
    operationId: `${verb}${operationScope(kind)}${scope}${kind.kind}${part}${everywhere ? 'ForAllNamespaces' : ''}`,
    parameters,
    ...(requestBody && { requestBody }),
    responses: { ...Object.fromEntries(answers), 401: { description: 'Unauthorized' } },
    tags: [`${shortGroup(kind)}_${kind.version}`],
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  };
}

function item(
  actions: readonly Action[],
  kind: Kind,
  targetOf: (action: Action) => Target,
  parameters: readonly SchemaObject[],
): SchemaObject {
  const allowed = actions.filter((action) => kind.verbs === undefined || kind.verbs.includes(VERBS[action]));
  const operations = allowed.map((action) => [SHAPES[action].method, operation(action, kind, targetOf(action))]);
  return { ...Object.fromEntries(operations), parameters: [...parameters, PRETTY] };
}

/** The paths of a kind with their operations. */
export function pathsOf({ kind, schema, list, scale }: DocumentedKind): Readonly<Record<string, SchemaObject>> {
  const gvk = { group: kind.group, version: kind.version, kind: kind.kind };
  const root = `${kind.group === '' ? '/api' : '/apis'}/${apiVersionOf(kind)}`;
  const collection = `${root}${kind.namespaced ? '/namespaces/{namespace}' : ''}/${kind.resource}`;
  const inNamespace = kind.namespaced ? [NAMESPACE_PARAMETER] : [];
  const one = [nameParameter(kind.kind), ...inNamespace];
  const answers: Partial<Record<Action, string>> = {
    list,
    delete: metaName('Status'),
    deletecollection: metaName('Status'),
  };
  const whole = (action: Action): Target => ({ gvk, schema, answer: answers[action] ?? schema, part: '' });
  const status = (): Target => ({ gvk, schema, answer: schema, part: 'Status' });
  const scaleKind = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const scaled = (): Target => ({ gvk: scaleKind, schema: scale, answer: scale, part: 'Scale' });
  const paths: [string, SchemaObject][] = [
    [collection, item(['list', 'post', 'deletecollection'], kind, whole, inNamespace)],
    [`${collection}/{name}`, item(['get', 'put', 'patch', 'delete'], kind, whole, one)],
  ];
  if (kind.hasStatus) paths.push([`${collection}/{name}/status`, item(['get', 'put', 'patch'], kind, status, one)]);
  if (kind.scale) paths.push([`${collection}/{name}/scale`, item(['get', 'put', 'patch'], kind, scaled, one)]);
  if (kind.namespaced && (kind.verbs === undefined || kind.verbs.includes('list'))) {
    const get = operation('list', kind, whole('list'), true);
    paths.push([`${root}/${kind.resource}`, { get, parameters: [PRETTY] }]);
  }
  return Object.fromEntries(paths.filter(([, { parameters: _, ...operations }]) => Object.keys(operations).length > 0));
}
