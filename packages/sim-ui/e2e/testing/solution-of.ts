import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../../../test/support/workspace.ts';

/** The files of an exercise's solution, as the control API takes them. */
export function solutionOf(exercise: string): { file: string; text: string }[] {
  const folder = join(PROJECT, 'scenarios', exercise, 'solution');
  return readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}
