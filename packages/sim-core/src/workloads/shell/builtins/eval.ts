import { FileError } from '../../files/file-error.ts';
import { resolvePath } from '../../files/path.ts';
import { parseScript } from '../parse.ts';
import type { Shell } from '../shell.ts';
import type { Streams } from '../streams.ts';
import { syntaxError } from '../syntax-error.ts';
import type { Run } from '../wait.ts';

/** `eval`: a text as commands of this shell. */
export function runText(text: string, shell: Shell, streams: Streams): number | Run {
  const parsed = parseScript(text);
  if ('script' in parsed) return shell.parts.run(parsed.script, shell, streams);
  streams.stderr.write(syntaxError(parsed, shell));
  return 2;
}

/** `. file`. */
export function source([name = '', ...args]: readonly string[], shell: Shell, streams: Streams): number | Run {
  try {
    const text = shell.machine.files.read(resolvePath(shell.cwd, name));
    if (args.length > 0) shell.parameters = args;
    return runText(text, shell, streams);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    streams.stderr.write(
      `${shell.prefix}${shell.parts.kind === 'ash' ? `.: can't open '${name}'` : `${name}`}: ${error.message}\n`,
    );
    return 1;
  }
}
