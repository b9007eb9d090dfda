import type { Flag } from '../flags.ts';
import { USUAL_HEAP } from './workers.ts';

/** How a class is graded. */
export const BATCH_FLAGS = {
  batch: {
    type: 'switch',
    help: 'takes a folder for a class (--no-batch: for one submission), where it could be either',
  },
  roster: { type: 'text', value: 'FILE.csv', help: 'who should have handed in; who has not is shown as missing' },
  jobs: { type: 'number', whole: true, most: 256, help: 'worker threads (default: one a processor; 0: none)' },
  shard: {
    type: 'text',
    value: 'i/n',
    help: 'grades one of n parts, for machines that share the work; see grade merge',
  },
  journal: {
    type: 'text',
    value: 'FILE',
    help: 'where results are kept while they come (default: DIR/journal.jsonl of --out)',
  },
  resume: { type: 'switch', help: 'goes on with the journal: what has not changed since is not graded again' },
  only: { type: 'list', value: 'STUDENT', help: 'with --resume: grades these again, and only these' },
  overrides: { type: 'text', value: 'FILE.csv', help: 'student,check,points,reason: what the instructor decided' },
  similarity: {
    type: 'text',
    value: 'FILE',
    help: 'writes what submissions share that is neither given nor common, for a person to look at',
  },
  'memory-limit': {
    type: 'number',
    whole: true,
    least: 32,
    default: USUAL_HEAP,
    value: 'MB',
    help: 'heap that one worker may have',
  },
  'require-version': { type: 'text', value: 'VERSION', help: 'refuses to grade with another version than this' },
} as const satisfies Record<string, Flag>;
