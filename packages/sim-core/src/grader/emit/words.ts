import { formatPlace } from '../../manifest/problem.ts';
import { printable } from '../printable.ts';
import { type CheckResult, type FileUse, type GradeResult, type Outcome, shareOf } from '../result.ts';
import type { EmitContext, Graded } from './emitter.ts';

/** How outcomes are called everywhere. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = Object.freeze({
  pass: 'pass',
  'not-yet': 'not yet',
  'could-not-check': 'could not check',
  blocked: 'blocked',
});

/** `2.5`: at most two decimals, none that are zero. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** `80 of 100 points`, and what nobody could check. */
export function scoreWords({ score, max, ungraded }: GradeResult): string {
  const open = ungraded === 0 ? '' : ` (${points(ungraded)} more could not be checked)`;
  return `${points(score)} of ${points(max)} points${open}`;
}

/** `80.0` */
export function percent(result: GradeResult): string {
  return (100 * shareOf(result)).toFixed(1);
}

/** `18/20`; `–/20` for what nobody could check. */
export function pointsOf({ result, points: given, max }: CheckResult): string {
  return `${result === 'could-not-check' ? '–' : points(given)}/${points(max)}`;
}

/** Where a check points to, as its reader finds it; '' where it points nowhere. */
export function placeOf(check: CheckResult, { pathPrefix }: Pick<EmitContext, 'pathPrefix'>): string {
  return check.file === undefined ? '' : formatPlace(pathPrefix + check.file, check);
}

/** What a check says, and what to do about it, line by line. */
export function tellingLines(check: CheckResult, context: Pick<EmitContext, 'pathPrefix'>): string[] {
  const place = placeOf(check, context);
  const { message, hint = '', remark = '' } = check;
  return [
    ...lines(message),
    ...(place === '' ? [] : [`at ${oneLine(place)}`]),
    ...lines(remark),
    ...lines(hint).map((line, index) => (index === 0 ? `next: ${line}` : line)),
  ];
}

/** The same, of what a reader has to know: nothing of a check that is simply passed. */
export function remarkableLines(check: CheckResult, context: Pick<EmitContext, 'pathPrefix'>): string[] {
  return check.result === 'pass' && check.remark === undefined ? [] : tellingLines(check, context);
}

/** The first thing to do: of the checks that nothing blocks, the first that is not passed. */
export function nextStep({ checks }: GradeResult): CheckResult | undefined {
  return checks.find(({ result }) => result === 'not-yet') ?? checks.find(({ result }) => result === 'blocked');
}

/** What to do about a check that is not passed, in one line. */
export function adviceOf({ hint, message }: CheckResult): string {
  return oneLine(hint ?? message);
}

/** Files that were not used. */
export function unusedFiles({ submission }: GradeResult): FileUse[] {
  return submission.files.filter(({ used }) => !used);
}

/**
 * Text that may come from a student, as one harmless line: nothing in it steers a terminal, is not XML, or commands a GitHub
 * runner, which reads `::command::` and `##[command]` in whatever a step prints.
 */
export function oneLine(text: string): string {
  return printable(text.replace(/\r\n|[\n\r\t]/g, ' '))
    .replace(/^\s*::/, ': :')
    .replaceAll('##[', '## [')
    .replace(LONE_SURROGATE, '\uFFFD');
}

/** Half a character, which no encoding can hold. */
export const LONE_SURROGATE = /\p{Surrogate}/gu;

/** The same, keeping its lines. */
export function lines(text: string): string[] {
  return text.split(/\r\n|[\n\r]/).flatMap((line) => (line.trim() === '' ? [] : [oneLine(line.trimEnd())]));
}

/** `alice (Alice Liddell)` */
export function studentOf({ result, name }: Graded): string {
  const id = oneLine(result.submission.id);
  return name === undefined || name === '' || name === id ? id : `${id} (${oneLine(name)})`;
}

/** What is said of a submission as a whole. */
export function statusWords({ status }: Graded): string {
  return {
    graded: '',
    missing: 'nothing was handed in',
    'could-not-check': 'could not be checked: look at it yourself',
  }[status];
}
