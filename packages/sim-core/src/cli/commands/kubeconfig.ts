import { devNull } from 'node:os';
import { kubeconfigPath, refreshKubeconfig } from '../../host/kubeconfig.ts';
import { RunDirectoryError } from '../../host/run-file.ts';
import { type Command, PROGRAM } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';

/** Shells whose line for KUBECONFIG is known. */
type KubeconfigShell = 'bash' | 'fish' | 'powershell' | 'cmd';

const SHELLS: readonly KubeconfigShell[] = Object.freeze(['bash', 'fish', 'powershell', 'cmd']);

const FLAGS = {
  shell: { type: 'text', oneOf: SHELLS, help: 'prints the line that sets KUBECONFIG in that shell' },
} as const;

export const kubeconfig: Command = {
  flags: FLAGS,
  examples: ['kubeconfig', 'kubeconfig --shell bash'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    if (positionals.length > 0) throw new CliError(EXIT.usage, `kubeconfig takes no ${positionals[0]}`);
    const print = (path: string) =>
      output.out(flags.shell === undefined ? path : shellLine(flags.shell as KubeconfigShell, path));
    const contexts = refreshed(print);
    print(kubeconfigPath());
    if (contexts.length > 0) return EXIT.ok;
    output.err('no sandbox is running: until one is, kubectl says "connection refused"');
    output.err(`  Start one: ${PROGRAM} scenarios/canary.yaml`);
    return EXIT.environment;
  },
};

/**
 * Writes it anew, without what a killed sandbox has left. Where that cannot be, the null device is printed: in
 * `KUBECONFIG=$(…)` no path at all would lead to the user's own clusters, and a stranger's file to anything.
 * @throws CliError environment
 */
function refreshed(print: (path: string) => void): unknown[] {
  try {
    return refreshKubeconfig();
  } catch (error) {
    if (!(error instanceof RunDirectoryError)) throw error;
    print(devNull);
    throw new CliError(EXIT.environment, error.message);
  }
}

/** The line that sets KUBECONFIG, with the path quoted as the shell takes it. */
export function shellLine(shell: KubeconfigShell, path: string): string {
  switch (shell) {
    case 'bash':
      return `export KUBECONFIG='${path.replaceAll("'", "'\\''")}'`;
    case 'fish':
      return `set -gx KUBECONFIG '${path.replace(/['\\]/g, '\\$&')}'`;
    case 'powershell':
      return `$env:KUBECONFIG = '${path.replaceAll("'", "''")}'`;
    case 'cmd':
      return `set "KUBECONFIG=${path}"`;
  }
}
