import type { KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { at, text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { metadataOf, nameFrom } from './name.ts';

/** `kubectl create namespace` (create_namespace.go). */
export function namespace(_: KubectlContext, args: readonly string[]): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { creationTimestamp: null, name: nameFrom(args) },
    spec: {},
    status: {},
  };
}

/** `kubectl create deployment` (create_deployment.go). */
export function deployment(context: KubectlContext, args: readonly string[]): JsonObject {
  const { flags } = context;
  const images = imagesOf(context);
  const command = commandOf(context, args);
  const name = nameFrom(args.slice(0, args.length - command.length));
  if (images.length > 1 && command.length > 0) throw failure('cannot specify multiple --image options and command');
  const port = flags.number('port');
  const labels = { app: name };
  const containers = images.map((image) => ({
    name: images.length === 1 ? containerName(image) : containerName(image),
    image,
    ...(command.length > 0 ? { command } : {}),
    ...(flags.given('port') ? { ports: [{ containerPort: port }] } : {}),
    resources: {},
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(context, name, labels),
    spec: {
      replicas: flags.number('replicas'),
      selector: { matchLabels: labels },
      strategy: {},
      template: { metadata: { creationTimestamp: null, labels }, spec: { containers } },
    },
    status: {},
  };
}

function imagesOf({ flags }: KubectlContext): string[] {
  const images = flags.list('image').flatMap((each) => each.split(','));
  if (images.length === 0) throw failure('required flag(s) "image" not set');
  return images;
}

/** What stands behind `--`. */
function commandOf({ dash, args: all }: KubectlContext, args: readonly string[]): readonly string[] {
  return dash < 0 ? [] : args.slice(args.length - (all.length - dash));
}

/** The last part of the image without tag and digest, as a DNS label. */
function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  const name = last.replace(/[:@].*$/, '');
  return name.replaceAll('_', '-').toLowerCase();
}

/** `kubectl create job` (create_job.go). */
export async function job(context: KubectlContext, args: readonly string[]): Promise<JsonObject> {
  const command = commandOf(context, args);
  const name = nameFrom(args.slice(0, args.length - command.length));
  const from = context.flags.text('from');
  if (from !== '') return jobFrom(context, name, from);
  const [image] = context.flags.list('image');
  if (image === undefined) throw failure('either --image or --from must be specified');
  const container = { name, image, ...(command.length > 0 ? { command } : {}), resources: {} };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: metadataOf(context, name),
    spec: {
      template: { metadata: { creationTimestamp: null }, spec: { containers: [container], restartPolicy: 'Never' } },
    },
    status: {},
  };
}

async function jobFrom(context: KubectlContext, name: string, from: string): Promise<JsonObject> {
  const [type = '', cronJob = ''] = from.split('/');
  const resource = (await context.mapper()).expect(type);
  if (resource.kind !== 'CronJob') throw failure(`from must be an existing cronjob`);
  const live = await context.client.get({ resource, namespace: context.namespace, name: cronJob });
  const annotations = { 'cronjob.kubernetes.io/instantiate': 'manual' };
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    name: cronJob,
    uid: text(live, 'metadata', 'uid'),
    controller: true,
  };
  const metadata = { ...metadataOf(context, name), annotations, ownerReferences: [owner] };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: at(live, 'spec', 'jobTemplate', 'spec') };
}
