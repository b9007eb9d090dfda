import { version } from '../version.ts';
import { PROGRAM } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { scenarioTable } from './scenario-table.ts';

/** What is printed without arguments: where to start, the scenarios, the commands. */
export function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 2;
  return [
    `k8s-ingress-sandbox ${version}: a Kubernetes cluster with a working ingress controller, in one process.`,
    '',
    'Start here, with something that runs until Ctrl-C:',
    `  ${PROGRAM} scenarios/canary.yaml`,
    'Then take a copy of it to edit, and check what you wrote:',
    `  ${PROGRAM} init canary my-canary`,
    `  ${PROGRAM} validate my-canary`,
    '',
    'Scenarios, in the order of the lesson:',
    ...scenarioTable(),
    '',
    'Commands (--help after each says more):',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
  ].join('\n');
}
