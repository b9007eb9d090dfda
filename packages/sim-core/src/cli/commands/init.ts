import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nearest } from '../../manifest/nearest.ts';
import type { Command } from '../command.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { parseFlags } from '../flags.ts';
import { type PackagedScenario, packagedScenarios } from '../package-root.ts';

const FLAGS = { force: { type: 'switch', help: 'overwrite files that exist' } } as const;

export const init: Command = {
  name: 'init',
  usage: '[scenario] [dir]',
  summary: 'Copies a scenario into a folder of yours, to edit it.',
  flags: FLAGS,
  async run(argv, output) {
    const { flags, positionals } = parseFlags(FLAGS, argv);
    const scenario = findScenario(positionals[0] ?? 'canary');
    const folder = positionals[1] ?? '.';
    const manifest = join(folder, basename(scenario.file));
    const readme = join(folder, 'README.md');
    for (const path of [manifest, readme]) {
      if (existsSync(path) && flags.force !== true) {
        throw new CliError(
          EXIT.refused,
          `${path} exists already; --force overwrites it, or name another folder: init ${scenario.name} <dir>`,
        );
      }
    }
    mkdirSync(folder, { recursive: true });
    copyFileSync(scenario.file, manifest);
    writeFileSync(readme, readmeFor(scenario, basename(manifest)));
    output.out(`created ${manifest} and ${readme}`);
    output.out(`next: npx k8s-ingress-sandbox ${manifest}`);
    return EXIT.ok;
  },
};

function findScenario(name: string): PackagedScenario {
  const scenarios = packagedScenarios();
  const wanted = basename(name).replace(/\.ya?ml$/, '');
  const found = scenarios.find((each) => each.name === wanted);
  if (found !== undefined) return found;
  const names = scenarios.map((each) => each.name);
  const meant = nearest(wanted, names);
  throw new CliError(
    EXIT.refused,
    `no scenario is called ${name}${meant === undefined ? '' : `, did you mean ${meant}?`}\n  There are: ${names.join(', ')}`,
  );
}

function readmeFor(scenario: PackagedScenario, file: string): string {
  return `# ${scenario.name}

${scenario.summary}.

    npx k8s-ingress-sandbox ${file}

Edit \`${file}\`, save it, and press Enter in the terminal where the sandbox runs: what changed is applied.
\`r\` puts everything back, \`q\` ends it. Other terminals: \`npx k8s-ingress-sandbox explain <url>\` says why a request goes
where it goes, \`npx k8s-ingress-sandbox validate ${file}\` checks the file without a cluster.
`;
}
