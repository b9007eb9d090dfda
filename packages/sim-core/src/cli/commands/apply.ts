import { formatProblem } from '../../manifest/problem.ts';
import { warningsOf } from '../../run/load-manifests.ts';
import type { AppliedObject, ApplyProblem } from '../../wire.ts';
import type { Command, Output } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { describeApplied, describeProblem } from '../outcome-lines.ts';
import { readManifests } from '../read-manifests.ts';

const FLAGS = {
  name: SANDBOX_FLAG,
  'dry-run': { type: 'switch', help: 'checks, and changes nothing' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

interface Answer {
  readonly objects?: readonly AppliedObject[];
  readonly errors?: readonly ApplyProblem[];
}

export const apply: Command = {
  flags: FLAGS,
  examples: ['apply canary.yaml', 'apply k8s --dry-run', 'apply - < canary.yaml'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const { input, manifests } = readManifests('apply', positionals, { packaged: false });
    for (const warning of warningsOf(manifests)) output.err(formatProblem(warning));
    const client = new ControlClient(findSandbox(flags.name));
    const files = input.files.map(({ file, path, bytes }) => ({ file, path, text: new TextDecoder().decode(bytes) }));
    const answer = await client.call<Answer>('POST', '/api/v1/apply', { files, dryRun: flags['dry-run'] === true });
    if (answer.status !== 200 && answer.status !== 422) return client.refuse(answer);
    if (flags.output === 'json') output.out(JSON.stringify(answer.body));
    else print(answer.body, flags['dry-run'] === true, output);
    return answer.status === 200 ? EXIT.ok : EXIT.refused;
  },
};

function print({ objects = [], errors = [] }: Answer, dryRun: boolean, output: Output): void {
  for (const object of objects) {
    output.out(`${describeApplied(object)}${dryRun ? ' (dry run)' : ''}`);
    for (const warning of object.warnings) output.err(`Warning: ${warning}`);
    if (object.retriedAfter !== undefined) {
      output.err(`  applied again after the rest; a real cluster says: ${object.retriedAfter.split('\n')[0]}`);
    }
  }
  for (const error of errors) output.err(describeProblem(error));
}
