import type { Outcome } from '../../conformance/run-suite.ts';
import type { Output } from '../command.ts';

/** Prints what a vector came to, where somebody has to know: failures, deviations and what was skipped, a line each. */
export function reportOutcome({ id, result, reasons, deviation }: Outcome, output: Output): void {
  const text = oneLine(reasons.join('; '));
  if (deviation !== undefined) output.out(`deviation  ${id}: ${text} (conformance/deviations.yaml: ${deviation.id})`);
  else if (result !== 'passed') output.out(`${result.padEnd(9)}  ${id}: ${text}`);
}

/** Prints how many of each area passed, and as the last line how many there were in all. */
export function reportTotals(outcomes: readonly Outcome[], output: Output): void {
  const areas = [...new Set(outcomes.map(({ area }) => area))];
  const width = Math.max(0, ...areas.map((area) => area.length));
  for (const area of areas)
    output.out(`${area.padEnd(width)}  ${counted(outcomes.filter((each) => each.area === area))}`);
  const deviating = outcomes.filter(({ deviation }) => deviation !== undefined).length;
  if (deviating > 0)
    output.out(`${deviating} of those that passed came as conformance/deviations.yaml says, not as the vector does`);
  const count = (result: Outcome['result']) => outcomes.filter((each) => each.result === result).length;
  output.out(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
}

/** `50/51 (1 failed)` */
function counted(outcomes: readonly Outcome[]): string {
  const count = (result: Outcome['result']) => outcomes.filter((each) => each.result === result).length;
  const others = (['failed', 'skipped'] as const).filter((result) => count(result) > 0);
  const rest = others.length === 0 ? '' : ` (${others.map((result) => `${count(result)} ${result}`).join(', ')})`;
  return `${count('passed')}/${outcomes.length}${rest}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' | ');
}
