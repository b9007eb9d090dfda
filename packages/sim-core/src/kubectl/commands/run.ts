import type { KubectlCommand } from '../context.ts';
import { metadataOf } from '../generators/name.ts';
import type { JsonObject } from '../json.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { CHANGE_FLAGS } from '../output/changed.ts';
import { createObject } from './create.ts';
import { exposeObject } from './expose.ts';

/** `kubectl run` of a pod in the background (kubectl/pkg/cmd/run/run.go). */
export const run: KubectlCommand = {
  flags: {
    ...CHANGE_FLAGS,
    image: { type: 'string', default: '' },
    port: { type: 'string', default: '' },
    env: { type: 'list', short: 'e' },
    labels: { type: 'string', short: 'l', default: '' },
    annotations: { type: 'list' },
    restart: { type: 'string', default: 'Always' },
    command: { type: 'bool' },
    expose: { type: 'bool' },
    'image-pull-policy': { type: 'string', default: '' },
    stdin: { type: 'bool', short: 'i' },
    tty: { type: 'bool', short: 't' },
    rm: { type: 'bool' },
    attach: { type: 'bool' },
    quiet: { type: 'bool', short: 'q' },
    'save-config': { type: 'bool' },
  },
  async run(context) {
    const { flags, args } = context;
    const [name, ...rest] = args;
    if (name === undefined) throw usageError('run', 'NAME is required for run');
    const image = flags.text('image');
    if (image === '') throw failure('required flag(s) "image" not set');
    if (/\s/.test(image)) throw failure(`Invalid image name "${image}": invalid reference format`);
    if (flags.is('stdin') || flags.is('tty') || flags.is('rm') || flags.is('attach')) {
      throw failure('this built-in kubectl has no run with -i, -t, --rm or --attach: run the pod, then exec into it');
    }
    const restart = flags.text('restart');
    if (!['Always', 'OnFailure', 'Never'].includes(restart)) throw failure(`invalid restart policy: ${restart}`);
    await createObject(context, pod(context, name, rest), 'kubectl-run', 'created');
    if (flags.is('expose')) {
      if (flags.text('port') === '') throw failure('--port must be set when exposing a service');
      await exposeObject(
        context,
        {
          name,
          selector: labelsOf(flags.text('labels'), name),
          labels: {},
          ports: [{ port: Number(flags.text('port')), protocol: 'TCP', targetPort: Number(flags.text('port')) }],
        },
        'created',
      );
    }
    return context.exitCode;
  },
};

function pod(context: Parameters<typeof run.run>[0], name: string, words: readonly string[]): JsonObject {
  const { flags } = context;
  const env = flags
    .list('env')
    .map((each) => ({ name: each.slice(0, each.indexOf('=')), value: each.slice(each.indexOf('=') + 1) }));
  const annotations = Object.fromEntries(
    flags.list('annotations').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  );
  const port = flags.text('port');
  const container = {
    name,
    image: flags.text('image'),
    ...(words.length === 0 ? {} : flags.is('command') ? { command: words } : { args: words }),
    ...(env.length > 0 ? { env } : {}),
    ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(flags.text('image-pull-policy') === '' ? {} : { imagePullPolicy: flags.text('image-pull-policy') }),
    resources: {},
  };
  const metadata = metadataOf(context, name, labelsOf(flags.text('labels'), name));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: Object.keys(annotations).length > 0 ? { ...metadata, annotations } : metadata,
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart') },
    status: {},
  };
}

function labelsOf(text: string, name: string): Record<string, string> {
  if (text === '') return { run: name };
  return Object.fromEntries(
    text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}
