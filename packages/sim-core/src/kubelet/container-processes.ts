import { shortImageName } from '../workloads/image-reference.ts';
import { ProcessTable } from '../workloads/process-table.ts';
import type { ContainerContext, Program } from '../workloads/program.ts';
import { runsInShell, shell } from '../workloads/programs/shell.ts';

/** What `ps` calls the main process of images that are known. */
const COMMANDS: Readonly<Record<string, string>> = Object.freeze({
  nginx: 'nginx: master process nginx -g daemon off;',
  httpd: 'httpd -DFOREGROUND',
  'ingress-nginx': '/usr/bin/dumb-init --',
});

/** The processes of a container. A shell puts itself there; other programs are its first one. */
export function containerProcesses(context: ContainerContext, program: Program): ProcessTable {
  const table = new ProcessTable();
  if (program === shell || runsInShell(context)) return table;
  const name = COMMANDS[program.name] ?? (context.argv.length > 0 ? '' : `/${shortImageName(context.image)}`);
  const startedAt = context.clock.now();
  table.add({
    command: [name, ...(program.name === 'nginx' ? [] : context.argv)].filter((word) => word !== '').join(' '),
    startedAt,
    // SIGKILL does not reach the first process of a container from inside.
    signal: (number) =>
      number === 9 || number === 1 ? undefined : context.exit(program.name === 'nginx' ? 0 : 128 + number),
  });
  return table;
}
