import type { Command } from '../command.ts';
import { GRADE_FLAGS } from '../grade/grade-flags.ts';
import { FILE_FLAGS } from '../grade/output-flags.ts';
import { runGrade } from '../grade/run-grade.ts';

export const grade: Command = {
  flags: { ...GRADE_FLAGS, ...FILE_FLAGS },
  examples: [
    'grade canary-weight my-folder',
    'grade canary-weight my-folder --path k8s/ --junit report.xml --gradescope results.json',
    'grade canary-weight submissions --roster students.csv --out grades --csv grades.csv',
    'grade diff grades/journal.jsonl.previous grades/journal.jsonl',
    'grade merge part-*/journal.jsonl --csv grades.csv',
  ],
  run: runGrade,
};
