import type { KubectlContext } from './context.ts';
import type { JsonObject } from './json.ts';
import { objects, text } from './json.ts';
import { failure, KubectlError } from './kubectl-error.ts';
import { readManifests } from './manifests.ts';
import type { ApiResource } from './resources.ts';

/** What a command line means: one object by its name, or a list. */
export interface Target {
  readonly resource: ApiResource;
  /** '' for all namespaces, and for resources without. */
  readonly namespace: string;
  /** Undefined: the whole list. */
  readonly name: string | undefined;
}

/** An object that was found, and where. */
export interface Found extends Target {
  readonly name: string;
  readonly object: JsonObject;
}

/** Flags of commands that take resources. */
export const SELECTION_FLAGS = Object.freeze({
  filename: { type: 'list', short: 'f' },
  kustomize: { type: 'string', short: 'k', default: '' },
  recursive: { type: 'bool', short: 'R' },
  selector: { type: 'string', short: 'l', default: '' },
  'field-selector': { type: 'string', default: '' },
  'all-namespaces': { type: 'bool', short: 'A' },
  all: { type: 'bool' },
} as const);

/** `TYPE`, `TYPE NAME…`, `TYPE/NAME …`, `TYPE,TYPE` (cli-runtime resource.Builder ResourceTypeOrNameArgs). */
export async function resourceTargets(context: KubectlContext, args: readonly string[]): Promise<Target[]> {
  const mapper = await context.mapper();
  const namespaceOf = (resource: ApiResource) =>
    resource.namespaced && !context.flags.is('all-namespaces') ? context.namespace : '';
  if (args.some((arg) => arg.includes('/'))) {
    return args.map((arg) => {
      const [word = '', name = '', ...more] = arg.split('/');
      if (!arg.includes('/')) {
        throw failure(
          "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
        );
      }
      if (more.length > 0) throw failure('arguments in resource/name form may not have more than one slash');
      if (word === '' || name === '')
        throw failure('arguments in resource/name form must have a single resource and name');
      const resource = mapper.expect(word);
      return { resource, namespace: namespaceOf(resource), name };
    });
  }
  const [words = '', ...names] = args;
  const resources = words.split(',').flatMap((word) => {
    const category = mapper.find(word) === undefined ? mapper.category(word) : [];
    return category.length > 0 ? category : [mapper.expect(word)];
  });
  if (names.length > 0 && context.flags.is('all-namespaces')) {
    throw failure('a resource cannot be retrieved by name across all namespaces');
  }
  return resources.flatMap((resource): Target[] =>
    names.length === 0
      ? [{ resource, namespace: namespaceOf(resource), name: undefined }]
      : names.map((name) => ({ resource, namespace: namespaceOf(resource), name })),
  );
}

/** The targets of arguments, or of files when `-f` names some. */
export async function targetsOf(context: KubectlContext, args: readonly string[] = context.args): Promise<Target[]> {
  const files = await fileObjects(context);
  if (files === undefined) return resourceTargets(context, args);
  const mapper = await context.mapper();
  return files.map(({ object }) => {
    const resource = mapper.ofKind(text(object, 'apiVersion'), text(object, 'kind'));
    if (resource === undefined) throw noMatch(object);
    const namespace = resource.namespaced ? text(object, 'metadata', 'namespace') || context.namespace : '';
    return { resource, namespace, name: text(object, 'metadata', 'name') };
  });
}

/** Documents of `-f` and `-k`; undefined when there are no such flags. */
export async function fileObjects(
  context: KubectlContext,
): Promise<{ object: JsonObject; file: string }[] | undefined> {
  const files = context.flags.list('filename');
  const folder = context.flags.text('kustomize');
  if (files.length === 0 && folder === '') return undefined;
  return readManifests(context.environment, files, folder, context.flags.is('recursive'));
}

/** @param object of a kind that the server does not have */
export function noMatch(object: JsonObject): KubectlError {
  const [group, version = group] = text(object, 'apiVersion').includes('/')
    ? text(object, 'apiVersion').split('/')
    : ['', text(object, 'apiVersion')];
  const said = group === '' ? version : `${group}/${version}`;
  return new KubectlError(
    `error: resource mapping not found for name: "${text(object, 'metadata', 'name')}" namespace: "${text(object, 'metadata', 'namespace')}" from "${text(object, 'file')}": no matches for kind "${text(object, 'kind')}" in version "${said}"\nensure CRDs are installed first`,
  );
}

/** Every object that the targets mean, with `-l` and `--field-selector`. */
export async function findObjects(context: KubectlContext, targets: readonly Target[]): Promise<Found[]> {
  const found: Found[] = [];
  await context.each(targets, async (target) => {
    const { resource, namespace, name } = target;
    if (name !== undefined) {
      found.push({ ...target, name, object: await context.client.get({ resource, namespace, name }) });
      return;
    }
    const list = await context.client.get({ resource, namespace }, selectionQuery(context));
    const apiVersion = text(list, 'apiVersion');
    for (const each of objects(list, 'items')) {
      const object = { apiVersion, kind: resource.kind, ...each };
      const place = resource.namespaced ? text(each, 'metadata', 'namespace') : '';
      found.push({ resource, namespace: place, name: text(each, 'metadata', 'name'), object });
    }
  });
  return found;
}

/** Query parameters of a list. */
export function selectionQuery({ flags }: KubectlContext): Record<string, string | number> {
  return { fieldSelector: flags.text('field-selector'), labelSelector: flags.text('selector'), limit: 500 };
}
