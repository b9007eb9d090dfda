import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { goJson } from '../../apimachinery/go-json.ts';
import { LAST_APPLIED } from '../../apimachinery/managed-fields/last-applied.ts';
import { threeWayMerge } from '../../apimachinery/patch/three-way-merge.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import { lastAppliedOf } from '../../kube-apiserver/apply.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { ManifestObject } from '../decode-text.ts';
import type { JsonObject } from '../json.ts';
import { object, text, withAt } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { fileObjects, noMatch, SELECTION_FLAGS } from '../resource-args.ts';
import { type ApiResource, apiVersionOf } from '../resources.ts';
import { ServerError } from '../server-error.ts';

const MANAGER = 'kubectl-client-side-apply';

/** `kubectl apply`, on the client's side unless --server-side (kubectl/pkg/cmd/apply/apply.go). */
export const apply: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    'server-side': { type: 'bool' },
    'force-conflicts': { type: 'bool' },
    validate: { type: 'string', default: 'strict', bare: 'strict' },
    overwrite: { type: 'bool', default: true },
    prune: { type: 'bool' },
  },
  async run(context) {
    const { args, flags } = context;
    if (args.length > 0) {
      throw new KubectlError(
        `error: Unexpected args: [${args.join(' ')}]\nSee 'kubectl apply -h' for help and examples`,
      );
    }
    if (flags.is('prune')) throw failure('this built-in kubectl has no apply --prune');
    const files = await fileObjects(context);
    if (files === undefined) throw failure('must specify one of -f and -k');
    const sorted = files;
    if (sorted.length === 0) throw failure('no objects passed to apply');
    const places = await placesOf(context, sorted);
    await context.each(places, (place) =>
      flags.is('server-side') ? applyServerSide(context, place) : applyOne(context, place),
    );
    return context.exitCode;
  },
};

/** An object of a file and where it goes. */
export interface ManifestPlace extends ManifestObject {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name: string;
}

/** Where every object goes; those of unknown kinds are told. */
export async function placesOf(context: KubectlContext, files: readonly ManifestObject[]): Promise<ManifestPlace[]> {
  const mapper = await context.mapper();
  const places: ManifestPlace[] = [];
  await context.each(files, async ({ object: value, file }) => {
    const resource = mapper.ofKind(text(value, 'apiVersion'), text(value, 'kind'));
    if (resource === undefined) throw noMatch({ ...value, file });
    places.push({ file, resource, ...placed(context, resource, value) });
  });
  return places;
}

/** @throws KubectlError when `-n` says otherwise than the object */
function placed(context: KubectlContext, resource: ApiResource, value: JsonObject) {
  const name = text(value, 'metadata', 'name');
  const own = text(value, 'metadata', 'namespace');
  if (!resource.namespaced) return { object: value, namespace: '', name };
  if (context.flags.given('namespace') && own !== '' && own !== context.namespace) {
    throw failure(
      `the namespace from the provided object "${own}" does not match the namespace "${context.namespace}". You must pass '--namespace=${own}' to perform this operation.`,
    );
  }
  const namespace = own || context.namespace;
  return { object: withAt(value, ['metadata', 'namespace'], namespace), namespace, name };
}

async function applyOne(context: KubectlContext, place: ManifestPlace): Promise<void> {
  const { resource, object: value, file, name } = place;
  if (name === '') {
    const generate = text(value, 'metadata', 'generateName');
    if (generate !== '') throw failure(`from ${generate}: cannot use generate name with apply`);
    throw failure(
      `error when retrieving current configuration of:\n${infoText(place)}\nfrom server for: "${file}": resource name may not be empty`,
    );
  }
  const modified = withLastApplied(value);
  const live = await liveObject(context, place);
  if (live === undefined) return createOne(context, place, modified);
  const last = text(live, 'metadata', 'annotations', LAST_APPLIED);
  if (last === '') {
    context.err(
      `Warning: resource ${resource.name}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.`,
    );
  }
  const type = createSchema(() => SCHEMA_JSON).kind(text(value, 'apiVersion'), text(value, 'kind'));
  const { patch, merged } = threeWayMerge(
    type,
    last === '' ? undefined : (JSON.parse(last) as JsonObject),
    live,
    modified,
  );
  const unchanged = Object.keys(patch).length === 0;
  if (dryRunOf(context) === 'client' || unchanged) {
    // On the client's side nobody looks whether anything changes.
    const isDry = dryRunOf(context) === 'client';
    printChanged(context, resource, unchanged ? live : merged, unchanged && !isDry ? 'unchanged' : 'configured');
    return;
  }
  const query = { ...writeQuery(context, MANAGER), fieldValidation: fieldValidation(context) };
  try {
    const patched = await context.client.patch(place, type === undefined ? 'merge' : 'strategic', patch, query);
    if (text(live, 'metadata', 'deletionTimestamp') !== '') {
      context.err(`Warning: Detected changes to resource ${name} which is currently being deleted.`);
    }
    printChanged(context, resource, patched, 'configured');
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    const patching = error.about(`error when patching "${file}"`);
    throw patching.about(`error when applying patch:\n${goJson(patch)}\nto:\n${infoText(place)}\nfor: "${file}"`);
  }
}

async function liveObject(context: KubectlContext, place: ManifestPlace): Promise<JsonObject | undefined> {
  try {
    return await context.client.get(place);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    if (error.reason === 'NotFound') return undefined;
    throw error.about(
      `error when retrieving current configuration of:\n${infoText(place)}\nfrom server for: "${place.file}"`,
    );
  }
}

async function createOne(context: KubectlContext, place: ManifestPlace, modified: JsonObject): Promise<void> {
  const { resource, namespace, file } = place;
  if (dryRunOf(context) === 'client') return printChanged(context, resource, modified, 'created');
  const query = { ...writeQuery(context, MANAGER), fieldValidation: fieldValidation(context) };
  try {
    printChanged(context, resource, await context.client.create({ resource, namespace }, modified, query), 'created');
  } catch (error) {
    throw error instanceof ServerError ? error.about(`error when creating "${file}"`) : error;
  }
}

async function applyServerSide(context: KubectlContext, place: ManifestPlace): Promise<void> {
  const { resource, object: value, file } = place;
  const force = context.flags.is('force-conflicts');
  const query = { ...writeQuery(context, 'kubectl'), fieldValidation: fieldValidation(context), force: String(force) };
  try {
    const applied = await context.client.applyPatch(place, value, query);
    printChanged(context, resource, applied, 'serverside-applied');
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    if (error.reason !== 'Conflict') throw error.about(`error when applying "${file}"`);
    throw new KubectlError(`error: ${conflictText(error)}`);
  }
}

function conflictText({ message }: ServerError): string {
  return `${message}\nPlease review the fields above--they currently have other managers. Here\nare the ways you can resolve this warning:\n* If you intend to manage all of these fields, please re-run the apply\n  command with the \`--force-conflicts\` flag.\n* If you do not intend to manage all of the fields, please edit your\n  manifest to remove references to the fields that should keep their\n  current managers.\n* You may co-own fields by updating your manifest to match the existing\n  value; in this case, you'll become the manager if the other manager(s)\n  stop managing the field (remove it from their configuration).\nSee https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
}

/** `--validate`: strict, warn or ignore (cmdutil.GetValidationDirective). */
export function fieldValidation({ flags }: KubectlContext): string {
  const value = flags.given('validate') ? flags.text('validate') : 'strict';
  const known: Record<string, string> = {
    strict: 'Strict',
    true: 'Strict',
    warn: 'Warn',
    ignore: 'Ignore',
    false: 'Ignore',
  };
  const found = known[value.toLowerCase()];
  if (found === undefined)
    throw failure(`invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`);
  return found;
}

/** With the annotation that says what was applied. */
export function withLastApplied(value: JsonObject): JsonObject {
  const annotations = { ...object(value, 'metadata', 'annotations'), [LAST_APPLIED]: lastAppliedOf(value as never) };
  return withAt(value, ['metadata', 'annotations'], annotations);
}

/** An object as errors of apply name it (cli-runtime resource.Info String). */
function infoText({ resource, name, namespace }: ManifestPlace): string {
  const version = apiVersionOf(resource);
  const group = resource.group === '' ? `/${resource.version}` : version;
  return `Resource: "${group}, Resource=${resource.name}", GroupVersionKind: "${group}, Kind=${resource.kind}"\nName: "${name}", Namespace: "${namespace}"`;
}
