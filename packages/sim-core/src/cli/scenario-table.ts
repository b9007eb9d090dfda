import { type PackagedScenario, packagedScenarios } from './package-root.ts';

/** One line for each scenario: its name and its sentence. */
export function scenarioTable(scenarios: readonly PackagedScenario[] = packagedScenarios()): string[] {
  const width = Math.max(0, ...scenarios.map(({ name }) => name.length)) + 2;
  return scenarios.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
}
