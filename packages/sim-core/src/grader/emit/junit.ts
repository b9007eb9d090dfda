import type { CheckResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { oneLine, points, pointsOf, tellingLines } from './words.ts';
import { attributes, escapeXml } from './xml.ts';

/**
 * JUnit's XML as GitLab, Jenkins and GitHub actions read it: a suite a submission, a test case a check. What could not be
 * checked is an error, what is blocked is skipped.
 * Source: https://github.com/testmoapp/junitxml
 */
export const junit: Emitter = {
  name: 'junit',
  summary: "JUnit's XML, for GitLab, Jenkins and others",
  extension: '.xml',
  holds: 'class',
  *emit(graded, context) {
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
    for (const each of graded) yield suite(each, context);
    yield '</testsuites>\n';
  },
};

function suite({ result }: Graded, context: EmitContext): string {
  const { exercise, submission, checks, score, max, ungraded } = result;
  const count = (...outcomes: CheckResult['result'][]) =>
    checks.filter((each) => outcomes.includes(each.result)).length;
  const head = attributes({
    name: context.isClass ? `${exercise.name}: ${submission.id}` : exercise.name,
    tests: checks.length,
    failures: count('not-yet'),
    errors: count('could-not-check'),
    skipped: count('blocked'),
    time: 0,
  });
  const properties = Object.entries({ student: submission.id, score, max, ungraded })
    .map(
      ([name, value]) =>
        `    <property${attributes({ name, value: typeof value === 'number' ? points(value) : value })}/>\n`,
    )
    .join('');
  const classname = context.isClass ? `${exercise.name}.${submission.id}` : exercise.name;
  const cases = checks.map((check) => testCase(check, classname, context)).join('');
  return `  <testsuite${head}>\n    <properties>\n  ${properties.trimStart().replaceAll('\n    <', '\n      <')}    </properties>\n${cases}  </testsuite>\n`;
}

function testCase(check: CheckResult, classname: string, context: EmitContext): string {
  const head = attributes({
    name: `${check.id}: ${oneLine(check.title)} (${pointsOf(check)})`,
    classname,
    file: check.file === undefined ? undefined : context.pathPrefix + check.file,
    line: check.line,
    time: 0,
  });
  const child = childOf(check, context);
  return child === '' ? `    <testcase${head}/>\n` : `    <testcase${head}>\n      ${child}\n    </testcase>\n`;
}

function childOf(check: CheckResult, context: EmitContext): string {
  const message = attributes({ message: oneLine(check.message) });
  const text = escapeXml(tellingLines(check, context).join('\n'));
  switch (check.result) {
    case 'not-yet':
      return `<failure${message} type="not-yet">${text}</failure>`;
    case 'could-not-check':
      return `<error${message} type="could-not-check">${text}</error>`;
    case 'blocked':
      return `<skipped${message}/>`;
    default:
      return check.remark === undefined ? '' : `<system-out>${text}</system-out>`;
  }
}
