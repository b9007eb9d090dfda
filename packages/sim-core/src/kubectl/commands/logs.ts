import { pathOf } from '../api-client.ts';
import type { KubectlCommand, KubectlContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { objects, strings, text } from '../json.ts';
import { failure, usageError } from '../kubectl-error.ts';
import { podsOf } from '../pods-of.ts';
import { ServerError } from '../server-error.ts';
import { durationOf } from '../wait-until.ts';

/** `kubectl logs` (kubectl/pkg/cmd/logs/logs.go). */
export const logs: KubectlCommand = {
  flags: {
    follow: { type: 'bool', short: 'f' },
    container: { type: 'string', short: 'c', default: '' },
    previous: { type: 'bool', short: 'p' },
    tail: { type: 'int', default: -1 },
    since: { type: 'string', default: '0s' },
    'since-time': { type: 'string', default: '' },
    timestamps: { type: 'bool' },
    selector: { type: 'string', short: 'l', default: '' },
    'all-containers': { type: 'bool' },
    'all-pods': { type: 'bool' },
    prefix: { type: 'bool' },
    'limit-bytes': { type: 'int', default: 0 },
    'max-log-requests': { type: 'int', default: 5 },
    'ignore-errors': { type: 'bool' },
    'pod-running-timeout': { type: 'string', default: '20s' },
  },
  async run(context) {
    const { flags, args } = context;
    const [first, second, ...more] = args;
    const bySelector = flags.text('selector') !== '';
    if (first === undefined && !bySelector) {
      throw usageError(
        'logs',
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    }
    if (more.length > 0)
      throw usageError(
        'logs',
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      );
    if (first !== undefined && bySelector) throw usageError('logs', 'only a selector (-l) or a POD name is allowed');
    const pods = await loggedPods(context, first);
    if (bySelector && pods.length === 0) {
      context.err(`No resources found in ${context.namespace} namespace.`);
      return 0;
    }
    const meant = bySelector || flags.is('all-pods') ? pods : pods.slice(0, 1);
    if (pods.length > 1 && meant.length === 1) {
      context.err(`Found ${pods.length} pods, using pod/${text(pods[0], 'metadata', 'name')}`);
    }
    const requests = meant.flatMap((pod) =>
      containersOf(context, pod, flags.text('container') || second || '').map((container) => ({ pod, container })),
    );
    if (flags.is('follow')) await Promise.all(requests.map((each) => print(context, each, requests.length > 1)));
    else for (const each of requests) await print(context, each, requests.length > 1);
    return context.exitCode;
  },
};

/** The container that is meant, told where there are several. */
function containersOf(context: KubectlContext, pod: JsonObject, wanted: string): string[] {
  const name = (container: JsonObject) => text(container, 'name');
  const own = objects(pod, 'spec', 'containers').map(name);
  const init = objects(pod, 'spec', 'initContainers').map(name);
  const all = [...init, ...own, ...objects(pod, 'spec', 'ephemeralContainers').map(name)];
  if (context.flags.is('all-containers')) return all;
  if (wanted !== '') {
    if (!all.includes(wanted))
      throw failure(`container ${wanted} is not valid for pod ${text(pod, 'metadata', 'name')}`);
    return [wanted];
  }
  const named = strings(pod, 'metadata', 'annotations')['kubectl.kubernetes.io/default-container'];
  if (named !== undefined && all.includes(named)) return [named];
  if (all.length > 1) {
    const listed = [...own, ...init.map((each) => `${each} (init)`)].join(', ');
    context.err(`Defaulted container "${own[0]}" out of: ${listed}`);
  }
  return own.slice(0, 1);
}

async function print(
  context: KubectlContext,
  { pod, container }: { pod: JsonObject; container: string },
  several: boolean,
): Promise<void> {
  const { flags, client, environment } = context;
  const name = text(pod, 'metadata', 'name');
  const since = durationOf('since', flags.text('since'));
  const tail = flags.given('tail') ? flags.number('tail') : flags.text('selector') === '' ? -1 : 10;
  const query = {
    container,
    follow: flags.is('follow'),
    previous: flags.is('previous'),
    timestamps: flags.is('timestamps'),
    tailLines: tail >= 0 ? String(tail) : '',
    sinceSeconds: since > 0 ? String(Math.ceil(since / 1000)) : '',
    sinceTime: flags.text('since-time'),
    limitBytes: flags.number('limit-bytes') > 0 ? String(flags.number('limit-bytes')) : '',
  };
  const resource = (await context.mapper()).expect('pods');
  const place = { resource, namespace: text(pod, 'metadata', 'namespace'), name, subresource: 'log' };
  const prefix = flags.is('prefix') && (several || flags.given('prefix')) ? `[pod/${name}/${container}] ` : '';
  let rest = '';
  const write = (piece: string) => {
    if (prefix === '') return environment.stdout(piece);
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    environment.stdout(lines.map((line) => `${prefix}${line}\n`).join(''));
  };
  const stream = await client.stream({ method: 'GET', path: pathOf(place, query) }, write);
  await stream.ended;
  if (rest !== '') environment.stdout(`${prefix}${rest}`);
}

/** @throws KubectlError in the words of logs.go, which name the namespace */
async function loggedPods(context: KubectlContext, word: string | undefined): Promise<JsonObject[]> {
  try {
    return await podsOf(context, word, context.flags.text('selector'));
  } catch (error) {
    if (!(error instanceof ServerError && error.reason === 'NotFound')) throw error;
    throw failure(`error from server (NotFound): ${error.message} in namespace "${context.namespace}"`);
  }
}
