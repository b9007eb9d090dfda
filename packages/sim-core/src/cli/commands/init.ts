import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearest } from '../../manifest/nearest.ts';
import { type Command, PROGRAM } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { type PackagedScenario, packagedScenarios } from '../package-root.ts';

const FLAGS = { force: { type: 'switch', help: 'overwrites files that exist' } } as const;

export const init: Command = {
  flags: FLAGS,
  examples: ['init canary my-canary', 'init tls'],
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const [name = 'canary', folder = '.', ...others] = positionals;
    if (others.length > 0) throw new CliError(EXIT.usage, 'init takes a scenario and a folder, nothing more');
    const scenario = findScenario(name);
    const manifest = join(folder, basename(scenario.file));
    const readme = join(folder, 'README.md');
    const force = flags.force === true;
    if (existsSync(manifest) && !force) throw exists(manifest, scenario.name);
    const keepsReadme = existsSync(readme) && !force;
    const text = readFileSync(scenario.file, 'utf8');
    writeAll(folder, { [manifest]: text, ...(keepsReadme ? {} : { [readme]: readmeFor(scenario, text) }) });
    output.out(keepsReadme ? `created ${manifest}; ${readme} stays as it is` : `created ${manifest} and ${readme}`);
    output.out(`next: ${PROGRAM} ${manifest}`);
    return EXIT.ok;
  },
};

function exists(path: string, scenario: string): CliError {
  return new CliError(
    EXIT.refused,
    `${path} exists already\n  Name another folder: ${PROGRAM} init ${scenario} my-${scenario}\n  Or overwrite it: --force`,
  );
}

/** @throws CliError refused */
function findScenario(name: string): PackagedScenario {
  const scenarios = packagedScenarios();
  const wanted = basename(name).replace(/\.ya?ml$/, '');
  const found = scenarios.find((each) => each.name === wanted);
  if (found !== undefined) return found;
  const names = scenarios.map((each) => each.name);
  const meant = nearest(wanted, names);
  const hint = meant === undefined ? `there are ${names.join(', ')}` : `did you mean ${meant}?`;
  throw new CliError(EXIT.refused, `no scenario is called ${name}; ${hint}`);
}

/** @throws CliError environment */
function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [path, text] of Object.entries(files)) writeFileSync(path, text);
  } catch (error) {
    throw new CliError(EXIT.environment, `cannot write to ${folder}: ${(error as Error).message}`);
  }
}

function readmeFor({ name, summary, file }: PackagedScenario, text: string): string {
  const manifest = basename(file);
  return `# ${name}

${summary}.

${introOf(text)}

    ${PROGRAM} ${manifest}

Edit \`${manifest}\`, save it, and press Enter in the terminal where the sandbox runs: what changed is applied. \`d\` shows
the change first, \`r\` puts everything back, \`o\` opens the page, \`q\` ends it.

In another terminal:

    ${PROGRAM} validate ${manifest}    # what is wrong with the file, with line and column
    ${PROGRAM} explain <url>    # why a request goes where it goes
    ${PROGRAM} load <url>       # many requests, and how they split
    ${PROGRAM} export           # what is in the cluster now, as YAML
`;
}

/** The comment at the top of a scenario says what it teaches. */
function introOf(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n');
}
