import type { Command } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { loadManifests } from '../run/load-manifests.ts';

const FLAGS = { name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' } } as const;

export const deleteCommand: Command = {
  name: 'delete',
  usage: '<file|dir|-> …',
  summary: 'Deletes what manifests name from a running sandbox.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    if (positionals.length === 0)
      throw new CliError(EXIT.usage, 'delete needs a file, a folder, or - for standard input');
    const { documents, errors } = loadManifests(readInput(positionals, { packaged: false }).files);
    if (errors.length > 0) throw new CliError(EXIT.refused, errors.join('\n'));
    const sandbox = findSandbox(flags.name);
    let failed = 0;
    for (const { file, line, value } of documents) {
      const { name = '', namespace = 'default' } = (value['metadata'] ?? {}) as { name?: string; namespace?: string };
      const { status, body } = await callControl<{ message?: string }>(sandbox, 'POST', '/api/v1/delete', {
        apiVersion: value.apiVersion,
        kind: value.kind,
        namespace,
        name,
      });
      if (status === 200) output.out(`${value.kind.toLowerCase()}/${name} deleted`);
      else output.err(`${file}:${line}: ${body.message ?? `the sandbox answered ${status}`}`);
      if (status !== 200) failed++;
    }
    return failed > 0 ? EXIT.refused : EXIT.ok;
  },
};
