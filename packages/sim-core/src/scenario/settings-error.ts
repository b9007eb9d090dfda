import type { FieldProblem } from './reader.ts';

/** Settings that can be read and that no cluster can be made from: a program that does not exist … */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super(problems.map(({ field, message }) => `${field}: ${message}`).join('\n'));
    this.problems = problems;
  }
}
