import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../exit-codes.ts';

/** The text of a file that was named. @throws CliError refused when it cannot be read */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(EXIT.refused, `${file}: cannot be read: ${(error as Error).message}`);
  }
}
