import { resolvePath } from '../../files/path.ts';
import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';

/** `cd [directory]`, `cd -`. */
export function cd([target]: readonly string[], shell: Shell, { stdout, stderr }: Streams): number {
  const wanted = target === '-' ? (shell.variables.get('OLDPWD') ?? shell.cwd) : (target ?? shell.get('HOME') ?? '/');
  const path = resolvePath(shell.cwd, wanted);
  const entry = shell.machine.files.stat(path);
  if (entry?.kind !== 'directory') {
    const why = entry === undefined ? 'No such file or directory' : 'Not a directory';
    const { kind } = shell.parts;
    stderr.write(
      `${shell.prefix}cd: ${kind === 'bash' ? `${wanted}: ${why}` : `can't cd to ${wanted}${kind === 'ash' ? `: ${why}` : ''}`}\n`,
    );
    return kind === 'dash' ? 2 : 1;
  }
  if (target === '-') stdout.write(`${path}\n`);
  shell.set('OLDPWD', shell.cwd);
  shell.cwd = path;
  shell.set('PWD', path);
  return 0;
}
