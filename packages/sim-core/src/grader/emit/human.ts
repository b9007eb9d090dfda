import type { CheckResult, GradeResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import {
  adviceOf,
  nextStep,
  OUTCOME_WORDS,
  oneLine,
  pointsOf,
  remarkableLines,
  scoreWords,
  statusWords,
  studentOf,
  unusedFiles,
} from './words.ts';

/** For people in a terminal: every check, why, and the next step. */
export const human: Emitter = {
  name: 'human',
  summary: 'for people: every check with its reason, and the next step',
  extension: '.txt',
  holds: 'class',
  *emit(graded, context) {
    let first = true;
    for (const each of graded) {
      yield `${first ? '' : '\n'}${describe(each, context)}`;
      first = false;
    }
  },
};

function describe(graded: Graded, context: EmitContext): string {
  const { result } = graded;
  const status = statusWords(graded);
  const width = Math.max(0, ...result.checks.map(({ id }) => id.length));
  const text = [
    `${oneLine(result.exercise.title)} · ${studentOf(graded)}: ${scoreWords(result)}`,
    ...(status === '' ? [] : [`  ${status}`]),
    ...result.checks.flatMap((check) => checkLines(check, width, context)),
    ...result.remarks.map((remark) => `  ${oneLine(remark)}`),
    ...fileLines(result),
    ...nextLines(result),
  ];
  return `${text.join('\n')}\n`;
}

function checkLines(check: CheckResult, width: number, context: EmitContext): string[] {
  const told = remarkableLines(check, context);
  const head = `  ${OUTCOME_WORDS[check.result].padEnd(15)} ${pointsOf(check).padStart(7)}  ${check.id.padEnd(width)}`;
  const [first = oneLine(check.title), ...rest] = told;
  return [`${head}  ${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(29 + width)}${line}`)];
}

function fileLines(result: GradeResult): string[] {
  const used = result.submission.files.filter((each) => each.used);
  const others = unusedFiles(result);
  const shown = others.slice(0, 20).map(({ path, reason = '' }) => `    ${oneLine(path)}: ${oneLine(reason)}`);
  return [
    `  files: ${used.map(({ path }) => oneLine(path)).join(', ') || 'none'}`,
    ...(others.length === 0 ? [] : ['  not used:', ...shown]),
    ...(others.length > shown.length ? [`    and ${others.length - shown.length} more`] : []),
  ];
}

function nextLines(result: GradeResult): string[] {
  const next = nextStep(result);
  if (next === undefined) return result.ungraded === 0 ? ['  Everything passes.'] : [];
  return [`  Next, for "${oneLine(next.title)}": ${adviceOf(next)}`];
}
