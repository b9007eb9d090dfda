import { version as packageVersion } from '../../version.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

const FLAGS = {} as const;

export const version: Command = {
  flags: FLAGS,
  examples: [],
  async run(argv, output) {
    parseFlags(FLAGS, argv);
    output.out(`k8s-ingress-sandbox ${packageVersion}`);
    output.out('behaves as Kubernetes v1.33.3 and ingress-nginx v1.15.1');
    return EXIT.ok;
  },
};
