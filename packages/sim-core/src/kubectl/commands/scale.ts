import type { KubectlCommand, KubectlContext } from '../context.ts';
import { number } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { CHANGE_FLAGS, dryRunOf, printChanged, writeQuery } from '../output/changed.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { ServerError } from '../server-error.ts';

/** `kubectl scale` (kubectl/pkg/cmd/scale/scale.go). */
export const scale: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    ...CHANGE_FLAGS,
    replicas: { type: 'int', default: -1 },
    'current-replicas': { type: 'int', default: -1 },
    'resource-version': { type: 'string', default: '' },
    timeout: { type: 'string', default: '0s' },
  },
  async run(context) {
    const { flags, client } = context;
    const replicas = flags.number('replicas');
    if (!flags.given('replicas')) throw failure('required flag(s) "replicas" not set');
    if (replicas < 0)
      throw failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
    const found = await scaled(context);
    if (found.length === 0 && context.exitCode === 0) throw failure('no objects passed to scale');
    await context.each(found, async ({ resource, namespace, name, object }) => {
      const current = flags.number('current-replicas');
      const has = number(object, 'spec', 'replicas');
      if (current >= 0 && has !== current) {
        throw failure(`Expected replicas to be ${current}, was ${has}`);
      }
      if (dryRunOf(context) !== 'client') {
        const place = { resource, namespace, name, subresource: 'scale' };
        await client.patch(place, 'merge', { spec: { replicas } }, writeQuery(context, 'kubectl-scale'));
      }
      printChanged(context, resource, object, 'scaled');
    });
    return context.exitCode;
  },
};

/** @throws KubectlError in the words of scale.go, where a name is missing */
async function scaled(context: KubectlContext): Promise<Found[]> {
  const fail = context.fail.bind(context);
  context.fail = (error) => {
    const missing = error instanceof ServerError && error.reason === 'NotFound';
    fail(missing ? failure(`no objects passed to scale ${error.message}`) : error);
  };
  return findObjects(context, await targetsOf(context));
}
