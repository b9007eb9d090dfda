import { EMITTERS } from '../../grader/emit/index.ts';
import type { Flag } from '../flags.ts';

/** How a grade is printed, and who may read it. */
export const OUTPUT_FLAGS = {
  output: {
    type: 'text',
    oneOf: EMITTERS.map(({ name }) => name),
    default: 'human',
    help: 'format of what is printed here',
    value: 'FORMAT',
  },
  format: { type: 'text', oneOf: EMITTERS.map(({ name }) => name), value: 'FORMAT', help: 'another word for --output' },
  out: {
    type: 'text',
    value: 'DIR',
    help: 'writes every format there is into this folder; of a class its journal too',
  },
  audience: {
    type: 'text',
    oneOf: ['student', 'instructor'],
    default: 'student',
    help: 'who reads it: students see no hidden checks, and no trace of them',
  },
  pass: { type: 'number', default: 100, most: 100, help: 'percent from which on it exits with 0 (one submission)' },
  'exit-zero': {
    type: 'switch',
    help: 'exits with 0 however the grade is, for platforms that take other codes for a crash',
  },
} as const satisfies Record<string, Flag>;

/** One flag a format: several at once, `--junit a.xml --gradescope results.json`. */
export const FILE_FLAGS: Readonly<Record<string, Flag & { readonly type: 'text' }>> = Object.freeze(
  Object.fromEntries(
    EMITTERS.map(({ name, summary, holds }) => {
      const value = holds === 'one' ? 'FILE|DIR' : 'FILE';
      const what = `writes ${summary}${holds === 'one' ? '; of a class a folder with one file a student' : ''}`;
      return [name, { type: 'text', value, help: what } as const];
    }),
  ),
);
