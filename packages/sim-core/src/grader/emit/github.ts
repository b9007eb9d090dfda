import type { CheckResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import { pointsOf, scoreWords, studentOf, tellingLines } from './words.ts';

/**
 * Annotations of GitHub Actions, one command a check that is not simply passed. The command line writes the step summary
 * (the `markdown` emitter) beside them.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Emitter = {
  name: 'github',
  summary: 'annotations of GitHub Actions; the step summary goes to $GITHUB_STEP_SUMMARY',
  extension: '.txt',
  holds: 'class',
  *emit(graded, context) {
    for (const each of graded) {
      for (const check of each.result.checks) yield annotation(check, each, context);
      yield `${studentOf(each)}: ${scoreWords(each.result)}\n`;
    }
  },
};

function annotation(check: CheckResult, graded: Graded, context: EmitContext): string {
  const level = levelOf(check);
  if (level === undefined) return '';
  const whose = context.isClass ? `${graded.result.submission.id}: ` : '';
  const properties = Object.entries({
    title: `${whose}${check.title} (${pointsOf(check)})`,
    ...(check.file === undefined ? {} : { file: context.pathPrefix + check.file, line: String(check.line ?? 1) }),
    ...(check.column === undefined ? {} : { col: String(check.column) }),
  }).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${level} ${properties.join(',')}::${escapeData(tellingLines(check, context).join('\n'))}\n`;
}

function levelOf({ result, remark }: CheckResult): 'error' | 'warning' | 'notice' | undefined {
  if (result === 'pass') return remark === undefined ? undefined : 'notice';
  return ({ 'not-yet': 'error', 'could-not-check': 'warning', blocked: 'notice' } as const)[result];
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
