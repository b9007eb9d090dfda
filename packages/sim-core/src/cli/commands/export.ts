import type { Command } from '../command.ts';
import { callControl, findSandbox } from '../control-client.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { name: { type: 'text', help: 'which sandbox, by name or pid; the newest without it' } } as const;

export const exportCommand: Command = {
  name: 'export',
  usage: '',
  summary: 'Prints your objects of a running sandbox as clean YAML.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const { body } = await callControl<{ manifests: string }>(findSandbox(flags.name), 'GET', '/api/v1/export');
    output.write(body.manifests);
    return EXIT.ok;
  },
};
