import type { Command } from '../command.ts';
import { ControlClient, findSandbox, SANDBOX_FLAG } from '../control-client.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = { name: SANDBOX_FLAG } as const;

export const exportCommand: Command = {
  flags: FLAGS,
  examples: ['export > mine.yaml'],
  async run(argv, output) {
    const { flags } = parseFlags(FLAGS, argv);
    const client = new ControlClient(findSandbox(flags.name));
    const { manifests } = await client.get<{ manifests: string }>('/api/v1/export');
    if (manifests === '') output.err('nothing of yours is in the cluster');
    else output.write(manifests);
    return EXIT.ok;
  },
};
