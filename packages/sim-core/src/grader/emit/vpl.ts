import { shareOf } from '../result.ts';
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
} from './words.ts';

/**
 * What Moodle's VPL reads from a vpl_execution: comments between `<|--` and `--|>`, where `-` begins a title and `>` a line that
 * is taken as it is, then the grade, on the scale that VPL_GRADEMIN and VPL_GRADEMAX set. Every line that may hold student
 * text begins with `>`, so that none is taken for a grade.
 * Source: https://vpl.dis.ulpgc.es/documentation/vpl-4.3.0/evaluator.html, jail/default_scripts/vpl_evaluate.cpp
 */
export const vpl: Emitter = {
  name: 'vpl',
  summary: "comments and grade for Moodle's VPL",
  extension: '.txt',
  holds: 'one',
  *emit(graded, context) {
    for (const each of graded) yield describe(each, context);
  },
};

function describe(graded: Graded, context: EmitContext): string {
  const { result } = graded;
  const status = statusWords(graded);
  const next = nextStep(result);
  const comments = [
    `-${oneLine(result.exercise.title)}: ${scoreWords(result)}`,
    ...(status === '' ? [] : [`>${status}`]),
    ...result.checks.flatMap((check) => [
      `-${OUTCOME_WORDS[check.result]}: ${oneLine(check.title)} (${pointsOf(check)})`,
      ...remarkableLines(check, context).map((line) => `>${line}`),
    ]),
    ...(next === undefined ? [] : ['-Next step', `>${adviceOf(next)}`]),
  ];
  return ['<|--', ...comments, '--|>', '', `Grade :=>> ${grade(graded, context)}`, ''].join('\n');
}

function grade({ result }: Graded, { environment }: EmitContext): string {
  const least = numberOf(environment['VPL_GRADEMIN']) ?? 0;
  const most = numberOf(environment['VPL_GRADEMAX']) ?? 100;
  return String(Math.round((least + shareOf(result) * (most - least)) * 100) / 100);
}

function numberOf(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
