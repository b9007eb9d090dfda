import { examine } from '../../doctor/doctor.ts';
import type { ApplyOutcome, Cluster } from '../../index.ts';
import { formatPlace } from '../../manifest/problem.ts';
import type { Command } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { loadManifests } from '../run/load-manifests.ts';
import { virtualCluster } from '../virtual-cluster.ts';
import { worldOf } from '../world.ts';

const FLAGS = {
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'checks as if this add-on ran' },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** One complaint with its place. */
interface Complaint {
  severity: 'error' | 'warning';
  message: string;
  file?: string;
  line?: number;
  column?: number;
  hint?: string;
}

export const validate: Command = {
  name: 'validate',
  usage: '<file|dir|-> …',
  summary: 'Checks manifests as the API server and the doctor do, without starting anything.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    if (positionals.length === 0)
      throw new CliError(EXIT.usage, 'validate needs a file, a folder, or - for standard input');
    const input = readInput(positionals, { packaged: false });
    const manifests = loadManifests(input.files);
    if (manifests.errors.length > 0) throw new CliError(EXIT.refused, manifests.errors.join('\n'));
    const { cluster, outcomes } = virtualCluster(input.files, manifests, flags);
    const refused = outcomes.flatMap(({ problems }) =>
      problems.map((problem): Complaint => ({ severity: 'error', ...problem })),
    );
    const complaints = [...refused, ...findings(cluster, outcomes)];
    if (flags.output === 'json') output.out(JSON.stringify(complaints));
    else for (const complaint of complaints) output.out(format(complaint));
    const errors = complaints.filter(({ severity }) => severity === 'error').length;
    if (flags.output === 'text')
      output.out(
        errors > 0 ? `${errors} ${errors === 1 ? 'error' : 'errors'}` : `${outcomes.length} objects, no errors`,
      );
    return errors > 0 ? EXIT.refused : EXIT.ok;
  },
};

/**
 * What the doctor says of the cluster that these manifests make. That no controller runs there is a warning only: the
 * manifests may be meant for a cluster that has one.
 */
function findings(cluster: Cluster, outcomes: readonly ApplyOutcome[]): Complaint[] {
  const world = worldOf(cluster, outcomes, { http: 'http://127.0.0.1:8080', https: 'https://127.0.0.1:8443' });
  return examine(world).flatMap(({ severity, reason, message, fix, source }) => {
    if (severity === 'info') return [];
    return [{ severity: reason === 'NoIngressController' ? 'warning' : severity, message, hint: fix, ...source }];
  });
}

function format({ severity, message, file, line, column, hint }: Complaint): string {
  const place =
    file === undefined
      ? ''
      : `${formatPlace(file, { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) })}: `;
  return `${place}${severity}: ${message}${hint === undefined || hint === '' ? '' : `\n  ${hint.split('\n').join('\n  ')}`}`;
}
