import type { KubectlCommand, KubectlContext } from '../context.ts';
import { configMap, secret } from '../generators/config-data.ts';
import { ingress } from '../generators/ingress.ts';
import { service } from '../generators/service.ts';
import { deployment, job, namespace } from '../generators/workloads.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { fileObjects, SELECTION_FLAGS } from '../resource-args.ts';
import { ServerError } from '../server-error.ts';
import { fieldValidation, placesOf, withLastApplied } from './apply.ts';

const MANAGER = 'kubectl-create';

/** Makes an object from a command line: one for every `kubectl create <word>`. */
export type Generator = (context: KubectlContext, args: readonly string[]) => JsonObject | Promise<JsonObject>;

const GENERATORS: Readonly<Record<string, Generator>> = Object.freeze({
  deployment,
  deploy: deployment,
  service,
  svc: service,
  configmap: configMap,
  cm: configMap,
  secret,
  ingress,
  ing: ingress,
  namespace,
  ns: namespace,
  job,
});

/** Sub-commands of the real one that this one does not have. */
const MISSING: readonly string[] = Object.freeze(
  'clusterrole clusterrolebinding cronjob poddisruptionbudget pdb priorityclass quota role rolebinding serviceaccount sa token'.split(
    ' ',
  ),
);

/** `kubectl create` (kubectl/pkg/cmd/create). */
export const create: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    'save-config': { type: 'bool' },
    validate: { type: 'string', default: 'strict', bare: 'strict' },
    edit: { type: 'bool' },
    image: { type: 'list' },
    replicas: { type: 'int', short: 'r', default: 1 },
    port: { type: 'int', default: -1 },
    tcp: { type: 'list' },
    'node-port': { type: 'int', default: 0 },
    clusterip: { type: 'string', default: '' },
    'external-name': { type: 'string', default: '' },
    'from-literal': { type: 'list' },
    'from-file': { type: 'list' },
    'from-env-file': { type: 'list' },
    'append-hash': { type: 'bool' },
    type: { type: 'string', default: '' },
    cert: { type: 'string', default: '' },
    key: { type: 'string', default: '' },
    'docker-server': { type: 'string', default: 'https://index.docker.io/v1/' },
    'docker-username': { type: 'string', default: '' },
    'docker-password': { type: 'string', default: '' },
    'docker-email': { type: 'string', default: '' },
    rule: { type: 'list' },
    class: { type: 'string', default: '' },
    annotation: { type: 'list' },
    'default-backend': { type: 'string', default: '' },
    from: { type: 'string', default: '' },
  },
  async run(context) {
    const [word, ...args] = context.args;
    if (word === undefined) return createFiles(context);
    const generate = Object.hasOwn(GENERATORS, word) ? GENERATORS[word] : undefined;
    if (generate === undefined) {
      if (!MISSING.includes(word))
        throw new KubectlError(
          `error: Unexpected args: [${context.args.join(' ')}]\nSee 'kubectl create -h' for help and examples`,
        );
      throw new KubectlError(`this built-in kubectl has no \`create ${word}\`; ${context.environment.realKubectl}`, 2);
    }
    await createObject(context, await generate(context, args), MANAGER, 'created');
    return context.exitCode;
  },
};

async function createFiles(context: KubectlContext): Promise<number> {
  const files = await fileObjects(context);
  if (files === undefined) throw failure('must specify one of -f and -k');
  const places = await placesOf(context, files);
  const saves = context.flags.is('save-config');
  await context.each(places, async ({ resource, namespace: place, object, file }) => {
    try {
      const value = saves ? withLastApplied(object) : object;
      const query = { ...writeQuery(context, MANAGER), fieldValidation: fieldValidation(context) };
      const made =
        dryRunOf(context) === 'client'
          ? value
          : await context.client.create({ resource, namespace: place }, value, query);
      printChanged(context, resource, made, 'created');
    } catch (error) {
      throw error instanceof ServerError ? error.about(`error when creating "${file}"`) : error;
    }
  });
  return context.exitCode;
}

/** Sends an object that a command line has made. */
export async function createObject(
  context: KubectlContext,
  object: JsonObject,
  manager: string,
  verb: string,
): Promise<JsonObject> {
  const resource = (await context.mapper()).ofKind(text(object, 'apiVersion'), text(object, 'kind'));
  if (resource === undefined)
    throw failure(`no matches for kind "${text(object, 'kind')}" in version "${text(object, 'apiVersion')}"`);
  const value = context.flags.is('save-config') ? withLastApplied(object) : object;
  const query = { ...writeQuery(context, manager), fieldValidation: 'Strict' };
  const place = { resource, namespace: resource.namespaced ? context.namespace : '' };
  try {
    const made = dryRunOf(context) === 'client' ? value : await context.client.create(place, value, query);
    printChanged(context, resource, made, verb);
    return made;
  } catch (error) {
    if (!(error instanceof ServerError) || manager !== MANAGER || resource.kind === 'Namespace') throw error;
    throw failure(
      `failed to create ${resource.kind === 'Service' ? `${text(object, 'spec', 'type')} service` : resource.kind.toLowerCase()}: ${error.message}`,
    );
  }
}
