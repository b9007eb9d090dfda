import type { Builtin } from '../builtin.ts';
import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';
import { toolPath } from '../tool-path.ts';

/** `command -v`, `type`: where a name leads. */
export function locate(
  name: string,
  builtins: Readonly<Record<string, Builtin>>,
  shell: Shell,
  { stdout, stderr }: Streams,
  wordy: boolean,
): number {
  const isOwn = shell.functions.has(name) || Object.hasOwn(builtins, name);
  const found = isOwn ? name : whereIs(name, shell);
  if (found === undefined) {
    if (wordy)
      stderr.write(
        `${shell.prefix}${shell.parts.kind === 'bash' ? `type: ${name}: not found` : `${name}: not found`}\n`,
      );
    return shell.parts.kind === 'bash' ? 1 : 127;
  }
  const kind = found.startsWith('/') ? found : shell.functions.has(name) ? 'a function' : 'a shell builtin';
  stdout.write(wordy ? `${name} is ${kind}\n` : `${found}\n`);
  return 0;
}

function whereIs(name: string, shell: Shell): string | undefined {
  if (shell.machine.find(name, shell.cwd) === undefined) return undefined;
  return /^(echo|printf|test|\[|true|false|kill|pwd)$/.test(name) ? name : toolPath(name, shell.machine);
}
