import { FileError } from '../../files/file-error.ts';
import { resolvePath } from '../../files/path.ts';
import type { Process } from '../process.ts';
import { readAll } from '../streams.ts';
import type { Waiting } from '../wait.ts';

/** A text that a command was given: a file, or its standard input. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Says what went wrong with a file in the words of the image's tools: busybox and GNU differ. */
export function fileFailure({ name, machine }: Process, file: string, error: unknown, doing = 'open'): string {
  if (!(error instanceof FileError)) throw error;
  const command = name.slice(name.lastIndexOf('/') + 1);
  if (machine.tools.userland === 'busybox' && error.code !== 'EISDIR')
    return `${command}: can't ${doing} '${file}': ${error.message}\n`;
  if (error.code === 'EISDIR')
    return `${command}: ${machine.tools.userland === 'busybox' ? 'read error' : file}: ${error.message}\n`;
  return doing === 'open'
    ? `${command}: ${file}: ${error.message}\n`
    : `${command}: cannot ${doing} '${file}': ${error.message}\n`;
}

/** The named files, standard input where none is named or `-` stands; what cannot be read is said. */
export function* readFiles(
  process: Process,
  files: readonly string[],
): Waiting<{ texts: NamedText[]; failed: boolean }> {
  const texts: NamedText[] = [];
  let failed = false;
  for (const file of files.length === 0 ? ['-'] : files) {
    if (file === '-' || file === '/dev/stdin') {
      texts.push({ name: '-', text: yield* readAll(process.stdin) });
      continue;
    }
    try {
      texts.push({ name: file, text: process.machine.files.read(resolvePath(process.cwd, file)) });
    } catch (error) {
      failed = true;
      process.stderr.write(fileFailure(process, file, error));
    }
  }
  return { texts, failed };
}

/** Lines without their breaks; no empty one after the last break. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Every line with its break. */
export function withBreaks(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
