import { pathOf } from '../api-client.ts';
import type { KubectlCommand } from '../context.ts';
import { isObject, objects, strings, text } from '../json.ts';
import { failure, KubectlError } from '../kubectl-error.ts';
import { podsOf } from '../pods-of.ts';
import { ServerError } from '../server-error.ts';

/** `kubectl exec`, without a terminal (kubectl/pkg/cmd/exec/exec.go). */
export const exec: KubectlCommand = {
  flags: {
    container: { type: 'string', short: 'c', default: '' },
    stdin: { type: 'bool', short: 'i' },
    tty: { type: 'bool', short: 't' },
    quiet: { type: 'bool', short: 'q' },
    'pod-running-timeout': { type: 'string', default: '1m0s' },
  },
  async run(context) {
    const { flags, args, dash, environment } = context;
    const before = dash < 0 ? args : args.slice(0, dash);
    const command = dash < 0 ? args.slice(1) : args.slice(dash);
    const [word] = before;
    if (word === undefined) throw failure('pod, type/name or --filename must be specified');
    if (command.length === 0) throw failure('you must specify at least one command for the container');
    if (dash < 0) {
      throw new KubectlError(
        "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
      );
    }
    const [pod] = await podsOf(context, word, '');
    const phase = text(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw failure(`cannot exec into a container in a completed pod; current phase is ${phase}`);
    }
    const containers = objects(pod, 'spec', 'containers').map((each) => text(each, 'name'));
    const named = strings(pod, 'metadata', 'annotations')['kubectl.kubernetes.io/default-container'];
    const container = flags.text('container') || named || containers[0] || '';
    if (flags.text('container') === '' && named === undefined && containers.length > 1 && !flags.is('quiet')) {
      context.err(`Defaulted container "${container}" out of: ${containers.join(', ')}`);
    }
    if (environment.connection.exec === undefined) throw failure('this built-in kubectl has no exec here');
    if (flags.is('tty')) context.err('Unable to use a TTY - input is not a terminal or the right kind of file');
    const resource = (await context.mapper()).expect('pods');
    const place = {
      resource,
      namespace: text(pod, 'metadata', 'namespace'),
      name: text(pod, 'metadata', 'name'),
      subresource: 'exec',
    };
    const words = command.map((each) => `command=${encodeURIComponent(each)}`).join('&');
    const stdin = flags.is('stdin') ? await environment.stdin() : undefined;
    const path = `${pathOf(place)}?${words}&container=${encodeURIComponent(container)}&stdin=${stdin !== undefined}&stdout=true&stderr=true`;
    const status = await environment.connection.exec(path, {
      ...(stdin === undefined ? {} : { stdin }),
      stdout: environment.stdout.bind(environment),
      stderr: environment.stderr.bind(environment),
    });
    return exitCodeOf(status);
  },
};

/** The code of the program, from the Status that comes last. */
function exitCodeOf(status: unknown): number {
  if (!isObject(status) || status['status'] === 'Success') return 0;
  const cause = objects(status, 'details', 'causes').find((each) => text(each, 'reason') === 'ExitCode');
  if (cause === undefined) throw new ServerError(Number(status['code'] ?? 500), status);
  const code = Number(text(cause, 'message'));
  throw new KubectlError(`command terminated with exit code ${code}`, code);
}
