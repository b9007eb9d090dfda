import { csvLine } from '../emit/csv-cells.ts';
import { OUTCOME_WORDS, oneLine, points } from '../emit/words.ts';
import type { CheckMove, CheckState, StudentMove } from './difference.ts';

/** One student's way between two gradings, for people: `alice: 70 → 80 of 100`, and a line a check. */
export function moveLines(move: StudentMove): string[] {
  const { student, kind, before, after, resubmitted, checks } = move;
  const name = oneLine(student);
  if (kind === 'new' && after) return [`${name}: new, ${points(after.score)} of ${points(after.max)}`];
  if (kind === 'gone' && before) return [`${name}: gone, had ${points(before.score)} of ${points(before.max)}`];
  if (!before || !after || kind === 'same') return [];
  const from = before.max === after.max ? points(before.score) : `${points(before.score)} of ${points(before.max)}`;
  const why = resubmitted ? ' (handed in anew)' : '';
  return [`${name}: ${from} → ${points(after.score)} of ${points(after.max)}${why}`, ...checks.map(checkLine)];
}

function checkLine({ check, before, after }: CheckMove): string {
  const why =
    after !== undefined && before?.result !== after.result && after.result !== 'pass'
      ? `: ${oneLine(after.message)}`
      : '';
  return `  ${check}: ${stateWords(before)} → ${stateWords(after)}${why}`;
}

function stateWords(state: CheckState | undefined): string {
  if (state === undefined) return 'not in the exercise';
  const given = state.result === 'could-not-check' ? '–' : points(state.points);
  return `${OUTCOME_WORDS[state.result]} ${given}/${points(state.max)}`;
}

/** Head of the CSV form: a line a student and check. */
export const MOVE_COLUMNS = csvLine([
  'student',
  'kind',
  'score before',
  'score after',
  'check',
  'before',
  'after',
  'points',
]);

/** One student's way as lines of CSV. */
export function moveCsv({ student, kind, before, after, checks }: StudentMove): string {
  const head = [student, kind, before === undefined ? '' : before.score, after === undefined ? '' : after.score];
  if (checks.length === 0) return kind === 'same' ? '' : csvLine([...head, '', '', '', '']);
  return checks
    .map((move) => csvLine([...head, move.check, stateWords(move.before), stateWords(move.after), gain(move)]))
    .join('');
}

function gain({ before, after }: CheckMove): number {
  return Math.round(((after?.points ?? 0) - (before?.points ?? 0)) * 100) / 100;
}
