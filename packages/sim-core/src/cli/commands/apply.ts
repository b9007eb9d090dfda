import type { AppliedObject, ApplyProblem } from '../../wire.ts';
import type { Command } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { loadManifests } from '../run/load-manifests.ts';

const FLAGS = {
  name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' },
  'dry-run': { type: 'switch', help: 'checks, and changes nothing' },
} as const;

interface Answer {
  objects?: AppliedObject[];
  errors?: ApplyProblem[];
  message?: string;
}

export const apply: Command = {
  name: 'apply',
  usage: '<file|dir|-> …',
  summary: 'Applies manifests to a running sandbox.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    if (positionals.length === 0)
      throw new CliError(EXIT.usage, 'apply needs a file, a folder, or - for standard input');
    const input = readInput(positionals, { packaged: false });
    const { errors } = loadManifests(input.files);
    if (errors.length > 0) throw new CliError(EXIT.refused, errors.join('\n'));
    const sandbox = findSandbox(flags.name);
    let refused = 0;
    for (const { file, bytes } of input.files) {
      const manifests = new TextDecoder().decode(bytes);
      const { body, status } = await callControl<Answer>(sandbox, 'POST', '/api/v1/apply', {
        manifests,
        dryRun: flags['dry-run'] === true,
      });
      if (status !== 200 && status !== 422)
        throw new CliError(EXIT.environment, body.message ?? `the sandbox answered ${status}`);
      for (const { kind, namespace, name, action } of body.objects ?? []) {
        output.out(
          `${kind.toLowerCase()}/${name} ${action}${namespace === '' || namespace === 'default' ? '' : ` in ${namespace}`}${flags['dry-run'] === true ? ' (dry run)' : ''}`,
        );
      }
      for (const { line, column, message } of body.errors ?? []) output.err(`${file}:${line}:${column}: ${message}`);
      refused += body.errors?.length ?? 0;
    }
    return refused > 0 ? EXIT.refused : EXIT.ok;
  },
};
