import type { CheckResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { oneLine, pointsOf, remarkableLines, scoreWords } from './words.ts';

/**
 * TAP version 14: a test point a check, with YAML diagnostics; of a class a subtest a student. What is blocked is skipped, and
 * so is what could not be checked: it counts neither way.
 * Source: https://testanything.org/tap-version-14-specification.html
 */
export const tap: Emitter = {
  name: 'tap',
  summary: 'TAP version 14, the Test Anything Protocol',
  extension: '.tap',
  holds: 'class',
  *emit(graded, context) {
    yield 'TAP version 14\n';
    let count = 0;
    for (const each of graded) yield context.isClass ? subtest(each, ++count, context) : points(each, context, '');
    if (context.isClass) yield `1..${count}\n`;
  },
};

function subtest(graded: Graded, number: number, context: EmitContext): string {
  const { result } = graded;
  const name = `${escaped(result.submission.id)} - ${scoreWords(result)}`;
  const isPassed = result.checks.every(({ result: outcome }) => outcome === 'pass' || outcome === 'could-not-check');
  return `# Subtest: ${name}\n${points(graded, context, '    ')}${isPassed ? 'ok' : 'not ok'} ${number} - ${name}\n`;
}

function points({ result }: Graded, context: EmitContext, indent: string): string {
  const lines = result.checks.flatMap((check, index) => testPoint(check, index + 1, context));
  return [`1..${result.checks.length}`, ...lines, ...(indent === '' ? [`# ${scoreWords(result)}`] : [])]
    .map((line) => `${indent}${line}\n`)
    .join('');
}

function testPoint(check: CheckResult, number: number, context: EmitContext): string[] {
  const isOk = check.result !== 'not-yet';
  const skip = { blocked: ' # SKIP blocked', 'could-not-check': ' # SKIP could not check', pass: '', 'not-yet': '' }[
    check.result
  ];
  const line = `${isOk ? 'ok' : 'not ok'} ${number} - ${escaped(check.id)}: ${escaped(oneLine(check.title))}${skip}`;
  const told = remarkableLines(check, context);
  if (told.length === 0) return [line];
  // A string of JSON is one of YAML, whatever stands in it.
  const facts = [`message: ${JSON.stringify(told.join('\n'))}`, `points: ${JSON.stringify(pointsOf(check))}`];
  const at =
    check.file === undefined
      ? []
      : ['at:', `  file: ${JSON.stringify(context.pathPrefix + check.file)}`, `  line: ${check.line ?? 1}`];
  return [line, '  ---', ...[...facts, ...at].map((fact) => `  ${fact}`), '  ...'];
}

/** `#` begins a directive in TAP, `\` escapes it. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}
