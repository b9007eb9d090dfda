import type { KubectlCommand, KubectlContext } from '../context.ts';
import { number, objects, text } from '../json.ts';
import { failure } from '../kubectl-error.ts';
import { jsonpath } from '../output/jsonpath.ts';
import { type Found, findObjects, SELECTION_FLAGS, targetsOf } from '../resource-args.ts';
import { singularName } from '../resources.ts';
import { ServerError } from '../server-error.ts';
import { durationOf, untilDeadline } from '../wait-until.ts';

const POLL = 100;

/** Whether what is waited for has come. */
type Holds = (context: KubectlContext, found: Found) => Promise<boolean>;

/** `kubectl wait` (kubectl/pkg/cmd/wait/wait.go). */
export const wait: KubectlCommand = {
  flags: {
    ...SELECTION_FLAGS,
    for: { type: 'string', default: '' },
    timeout: { type: 'string', default: '30s' },
    output: { type: 'string', short: 'o', default: '' },
  },
  async run(context) {
    const { flags } = context;
    const [holds, verb] = conditionOf(flags.text('for'));
    const found = await findObjects(context, await targetsOf(context));
    if (found.length === 0 && context.exitCode === 0) throw failure('no matching resources found');
    const timeout = flags.text('timeout');
    if (durationOf('timeout', timeout) < 0) return context.exitCode;
    await context.each(found, async (each) => {
      if (!(await untilDeadline(context, timeout, POLL, () => holds(context, each)))) {
        throw failure(`timed out waiting for the condition on ${each.resource.name}/${each.name}`);
      }
      context.out(`${singularName(each.resource)}/${each.name} ${verb}`);
    });
    return context.exitCode;
  },
};

function conditionOf(text: string): [holds: Holds, verb: string] {
  const [kind = '', ...rest] = text.split('=');
  const argument = rest.join('=');
  switch (kind.toLowerCase()) {
    case 'delete':
      return [isGone, 'condition met'];
    case 'create':
      return [async () => true, 'condition met'];
    case 'condition':
      return [hasCondition(argument), 'condition met'];
    case 'jsonpath':
      return [hasValue(argument), 'condition met'];
    default:
      throw failure(`unrecognized condition: "${text}"`);
  }
}

async function isGone({ client }: KubectlContext, found: Found): Promise<boolean> {
  try {
    return text(await client.get(found), 'metadata', 'uid') !== text(found.object, 'metadata', 'uid');
  } catch (error) {
    if (error instanceof ServerError && error.reason === 'NotFound') return true;
    throw error;
  }
}

function hasCondition(argument: string): Holds {
  const [type = '', status = 'true'] = argument.split('=');
  return async ({ client }, found) => {
    const live = await client.get(found);
    const condition = objects(live, 'status', 'conditions').find(
      (each) => text(each, 'type').toLowerCase() === type.toLowerCase(),
    );
    const observed = number(condition, 'observedGeneration') || number(live, 'status', 'observedGeneration');
    if (observed > 0 && observed < number(live, 'metadata', 'generation')) return false;
    return text(condition, 'status').toLowerCase() === status.toLowerCase();
  };
}

function hasValue(argument: string): Holds {
  const close = argument.lastIndexOf('}=');
  const [path, wanted] = close < 0 ? [argument, undefined] : [argument.slice(0, close + 1), argument.slice(close + 2)];
  const template = path.replace(/^'|'$/g, '');
  return async ({ client }, found) => {
    const value = jsonpath(template, await client.get(found));
    return wanted === undefined ? value !== '' : value === wanted;
  };
}
