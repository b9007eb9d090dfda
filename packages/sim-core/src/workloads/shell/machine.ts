import { baseName, directoryOf, resolvePath } from '../files/path.ts';
import { toolsOf } from '../image-tools.ts';
import type { ContainerContext } from '../program.ts';
import { COMMANDS } from './commands/table.ts';
import type { Executable, Machine, Process } from './process.ts';
import { SHELLS, sh } from './sh.ts';

const PATH: readonly string[] = Object.freeze([
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/',
]);

/** What every shell has in itself. */
const EVERYWHERE: readonly string[] = Object.freeze([
  '[',
  '[[',
  'echo',
  'false',
  'kill',
  'printf',
  'pwd',
  'test',
  'true',
]);

/** The container as the processes in it see it. */
export function machineOf(context: ContainerContext, takeOver?: () => boolean): Machine {
  const tools = toolsOf(context.image);
  const files = context.files();
  return {
    context,
    tools,
    files,
    find: (name, cwd) => {
      const base = baseName(name);
      const isPath = name.includes('/');
      const isTool = tools.commands.has(base) || (!isPath && EVERYWHERE.includes(base) && tools.userland !== 'none');
      if (isTool && (!isPath || PATH.includes(directoryOf(resolvePath(cwd, name))))) return executableFor(base);
      return isPath ? scriptAt(resolvePath(cwd, name), files) : undefined;
    },
    ...(takeOver && { takeOver }),
  };
}

function executableFor(name: string): Executable {
  if (SHELLS.includes(name)) return sh;
  return (Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined) ?? notSimulated;
}

/** A tool that the image has and the sandbox does not: it succeeds, says nothing else, and the notice says so. */
function notSimulated({ name, stderr, machine }: Process): number {
  machine.context.notice(`${machine.context.image.text}: ${name} is not simulated`);
  stderr.write(`${name}: not simulated\n`);
  return 0;
}

/** A script that was written or mounted, called by its path. */
function scriptAt(path: string, files: Machine['files']): Executable | undefined {
  if (files.stat(path)?.kind !== 'file') return undefined;
  return (process) => sh({ ...process, name: 'sh', args: [path, ...process.args] });
}

/** Whether a command line could be run by the shell without any other program. */
export function isSimulated(name: string): boolean {
  const base = baseName(name);
  return SHELLS.includes(base) || Object.hasOwn(COMMANDS, base);
}
