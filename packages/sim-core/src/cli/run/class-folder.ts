import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';

const REASONS: Readonly<Record<string, string>> = Object.freeze({
  ENOENT: 'there is no such folder',
  ENOTDIR: 'this is a file, not a folder',
  EACCES: 'permission denied',
});

/** Whether the folder of `--class` can be looked into, before anything starts. @throws CliError usage */
export function expectClassFolder(folder: string | undefined, directory: string): void {
  const reason = folder === undefined ? '' : whyNot(folder, directory);
  if (reason === '') return;
  throw new CliError(
    EXIT.usage,
    `--class ${folder || '""'}: ${reason}\n  Name the folder with the progress that students exported, or with what grade --json wrote.`,
  );
}

function whyNot(folder: string, directory: string): string {
  // Of an empty name the working directory would come, which nobody meant.
  if (folder === '') return 'a folder has a name';
  try {
    readdirSync(resolve(directory, folder));
    return '';
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    return REASONS[code] ?? message;
  }
}
