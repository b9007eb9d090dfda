import { examine } from '../../doctor/doctor.ts';
import type { ApplyOutcome, Cluster } from '../../index.ts';
import { type InputProblem, type LoadedManifests, loadManifests } from '../../run/load-manifests.ts';
import type { Command } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { expectNames, type Input, readInput } from '../input.ts';
import { describeProblem, type ProblemLine } from '../outcome-lines.ts';
import { RefusedInput } from '../read-manifests.ts';
import { virtualCluster } from '../virtual-cluster.ts';
import { PLAIN_EDGE, worldOf } from '../world.ts';

const FLAGS = {
  addon: { type: 'list', oneOf: ['ingress-nginx'], help: 'checks as if this add-on ran' },
  namespace: { type: 'text', help: "kubectl's -n: where objects go that name none; others are refused" },
  output: { type: 'text', oneOf: ['text', 'json'], default: 'text', help: 'how to print' },
} as const;

/** One complaint with its place. */
interface Complaint extends ProblemLine {
  readonly severity: 'error' | 'warning';
  readonly reason: string;
}

export const validate: Command = {
  flags: FLAGS,
  examples: ['validate canary.yaml', 'validate k8s --addon ingress-nginx'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    expectNames('validate', positionals);
    const input = readInput(positionals, { packaged: false });
    const manifests = loadManifests(input.files);
    const { complaints, objects } = examineAll(input, manifests, flags);
    if (flags.output === 'json') output.out(JSON.stringify(complaints));
    else for (const complaint of complaints) output.out(format(complaint));
    const errors = complaints.filter(({ severity }) => severity === 'error').length;
    if (flags.output === 'text') output.out(summary(objects, errors, complaints.length - errors));
    return errors > 0 ? EXIT.refused : EXIT.ok;
  },
};

/** What is wrong with the text; where that is nothing, what the API server and the doctor say of the cluster it makes. */
function examineAll(
  input: Input,
  manifests: LoadedManifests,
  flags: { addon: readonly string[]; namespace?: string | undefined },
): { complaints: Complaint[]; objects: number } {
  const text = manifests.problems.map(complaintOf);
  if (text.some(({ severity }) => severity === 'error')) return { complaints: text, objects: 0 };
  try {
    const { cluster, outcomes } = virtualCluster(input, manifests, flags);
    const complaints = [...text, ...outcomes.flatMap(refusals), ...findings(cluster, outcomes)];
    return { complaints: withoutRepeats(complaints), objects: outcomes.length };
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    return { complaints: [...text, ...error.problems.map(complaintOf)], objects: 0 };
  }
}

function complaintOf({
  severity,
  reason,
  message,
  file,
  line,
  column,
  hint,
  corrected,
  kubectl,
}: InputProblem): Complaint {
  const help = [hint, corrected?.trimEnd().replace(/^/gm, '    '), kubectl && `kubectl says: ${kubectl}`];
  return {
    severity,
    reason,
    message,
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    hint: help.filter((each) => each !== undefined && each !== '').join('\n'),
  };
}

function refusals({ file, line, problems, warnings }: ApplyOutcome): Complaint[] {
  return [
    ...problems.map((problem): Complaint => ({ severity: 'error', ...problem })),
    ...warnings.map((message): Complaint => ({ severity: 'warning', reason: 'Warning', message, file, line })),
  ];
}

/**
 * What the doctor says of the cluster that these manifests make. That no controller runs there is a warning only: the
 * manifests may be meant for a cluster that has one.
 */
function findings(cluster: Cluster, outcomes: readonly ApplyOutcome[]): Complaint[] {
  return examine(worldOf(cluster, outcomes, PLAIN_EDGE)).flatMap(({ severity, reason, message, fix, source }) => {
    if (severity === 'info') return [];
    return [
      { severity: reason === 'NoIngressController' ? 'warning' : severity, reason, message, hint: fix, ...source },
    ];
  });
}

/** The doctor may say of a refused object what the API server has said. */
function withoutRepeats(complaints: readonly Complaint[]): Complaint[] {
  const seen = new Set<string>();
  return complaints.filter(({ file, line, message }) => {
    const key = JSON.stringify([file, line, message]);
    return seen.has(key) ? false : seen.add(key);
  });
}

function format(complaint: Complaint): string {
  return describeProblem({ ...complaint, message: `${complaint.severity}: ${complaint.message}` });
}

function summary(objects: number, errors: number, warnings: number): string {
  const counted = [count(errors, 'error'), count(warnings, 'warning')].filter((text) => text !== '').join(', ');
  return counted === '' ? `${objects} objects, nothing to complain about` : counted;
}

function count(number: number, word: string): string {
  return number === 0 ? '' : `${number} ${word}${number === 1 ? '' : 's'}`;
}
