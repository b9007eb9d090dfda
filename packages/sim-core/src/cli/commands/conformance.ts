import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Deviation, readDeviations } from '../../conformance/deviations.ts';
import { type Outcome, runCase } from '../../conformance/run-suite.ts';
import { NoSuite, readSuite, type Suite } from '../../conformance/suite.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { type Command, type Output, PROGRAM } from '../command.ts';
import { reportOutcome, reportTotals } from '../conformance/report.ts';
import { openSockets } from '../conformance/socket-transport.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { readInput } from '../input.ts';
import { packageRoot } from '../package-root.ts';

const FLAGS = {
  only: { type: 'text', value: 'REGEX', help: 'runs only vectors whose id matches' },
} as const;

export const conformance: Command = {
  flags: FLAGS,
  examples: ['conformance ingress-nginx.json', 'conformance ingress-nginx.json --only ^canary/'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0)
      throw new CliError(
        EXIT.usage,
        `conformance needs a file of vectors:\n  ${PROGRAM} conformance ingress-nginx.json`,
      );
    const only = pattern(flags.only);
    const suite = readVectors(name);
    const deviations = packagedDeviations();
    const cases = suite.cases.filter(({ id }) => only.test(id));
    if (cases.length === 0) throw new CliError(EXIT.refused, `${name}: no vector's id matches ${only.source}`);
    for (const note of suite.notes) output.out(note);
    const outcomes = await runAll(cases, deviations, output);
    reportTotals(outcomes, output);
    return outcomes.some(({ result }) => result === 'failed') ? EXIT.refused : EXIT.ok;
  },
};

async function runAll(cases: Suite['cases'], deviations: readonly Deviation[], output: Output): Promise<Outcome[]> {
  const parts = { certificates: nodeCertificates, time: 'real', open: openSockets } as const;
  const outcomes: Outcome[] = [];
  for (const each of cases) {
    const outcome = await runCase(each, parts, deviations);
    reportOutcome(outcome, output);
    outcomes.push(outcome);
  }
  return outcomes;
}

/** @throws CliError usage */
function pattern(text = ''): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new CliError(EXIT.usage, `--only takes a regular expression: ${(error as Error).message}`);
  }
}

/** @throws CliError refused for what cannot be read, is no JSON or holds no vectors */
function readVectors(name: string): Suite {
  const { files } = readInput([name], { packaged: false });
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    throw new CliError(EXIT.refused, `${name}: a folder; name one file of vectors`);
  try {
    return readSuite(JSON.parse(new TextDecoder().decode(file.bytes)));
  } catch (error) {
    if (error instanceof NoSuite) throw new CliError(EXIT.refused, `${file.file}: ${error.message}`);
    if (error instanceof SyntaxError) throw new CliError(EXIT.refused, `${file.file}: no JSON: ${error.message}`);
    throw error;
  }
}

/** What we know ourselves to do otherwise: it comes with the package. */
function packagedDeviations(): Deviation[] {
  return readDeviations(readFileSync(join(resolve(packageRoot()), 'conformance', 'deviations.yaml'), 'utf8'));
}
