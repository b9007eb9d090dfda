import type { CheckResult, GradeResult } from '../result.ts';
import type { EmitContext, Emitter, Graded } from './emitter.ts';
import {
  adviceOf,
  nextStep,
  OUTCOME_WORDS,
  oneLine,
  percent,
  pointsOf,
  remarkableLines,
  scoreWords,
  statusWords,
  studentOf,
  unusedFiles,
} from './words.ts';

/** Markdown as GitHub reads it: step summaries, comments, releases. Of a class one table. */
export const markdown: Emitter = {
  name: 'markdown',
  summary: 'Markdown: step summaries, comments; of a class one table',
  extension: '.md',
  holds: 'class',
  *emit(graded, context) {
    if (context.isClass) yield* classTable(graded);
    else for (const each of graded) yield describe(each, context);
  },
};

function* classTable(graded: Iterable<Graded>): Generator<string> {
  let isFirst = true;
  for (const each of graded) {
    const { result } = each;
    if (isFirst) yield `## ${text(result.exercise.title)}\n\n| student | score | % | next |\n|---|---:|---:|---|\n`;
    isFirst = false;
    const next = nextStep(result);
    const told = [statusWords(each), next === undefined ? '' : next.title].filter((word) => word !== '').join('; ');
    yield `| ${text(studentOf(each))} | ${scoreWords(result)} | ${percent(result)} | ${text(told)} |\n`;
  }
}

function describe(graded: Graded, context: EmitContext): string {
  const { result } = graded;
  const status = statusWords(graded);
  const next = nextStep(result);
  const { command } = context.replay(result);
  return [
    `## ${text(result.exercise.title)}: ${scoreWords(result)}`,
    '',
    ...(status === '' ? [] : [`**${status}**`, '']),
    '| | points | check | |',
    '|---|---:|---|---|',
    ...result.checks.map((check) => row(check, context)),
    '',
    ...(next === undefined ? [] : [`**Next:** ${text(next.title)}. ${text(adviceOf(next))}`, '']),
    ...result.remarks.map((remark) => `- ${text(remark)}`),
    ...fileLines(result),
    `See it run: ${code(command)}`,
    '',
  ].join('\n');
}

function row(check: CheckResult, context: EmitContext): string {
  const sign = { pass: '✅', 'not-yet': '❌', 'could-not-check': '❔', blocked: '⏸️' }[check.result];
  return `| ${sign} ${OUTCOME_WORDS[check.result]} | ${pointsOf(check)} | ${text(check.title)} | ${remarkableLines(check, context).map(text).join('<br>')} |`;
}

function fileLines(result: GradeResult): string[] {
  const others = unusedFiles(result);
  if (others.length === 0) return [];
  const shown = others.slice(0, 20).map(({ path, reason = '' }) => `- ${code(path)}: ${text(reason)}`);
  const more = others.length > shown.length ? [`- and ${others.length - shown.length} more`] : [];
  return [
    `<details><summary>${others.length} files were not used</summary>`,
    '',
    ...shown,
    ...more,
    '',
    '</details>',
    '',
  ];
}

/** Student text as text: no markup, no HTML, no mention of people, no cell of its own. */
function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_{}[\]()#!|~$]|^[+-]/g, '\\$&')
    .replace(/[&<>@]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(https?|www)(?=[:.])/gi, '$1&#8203;');
}

/** Set as code. A code span would end at a backtick of the student's. */
function code(value: string): string {
  return `<code>${text(value)}</code>`;
}
