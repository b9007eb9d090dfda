import { nearest } from '../manifest/nearest.ts';
import type { FieldProblem } from '../scenario/reader.ts';
import type { ScenarioSettings } from '../scenario/settings.ts';
import { SettingsError } from '../scenario/settings-error.ts';

/**
 * Refuses settings that name programs which do not exist.
 * @param programs names of all programs
 * @throws SettingsError
 */
export function checkPrograms({ images, externalHosts }: ScenarioSettings, programs: readonly string[]): void {
  const named = [
    ...images.map(({ program }, index) => ({ field: `spec.images[${index}].program`, program })),
    ...Object.entries(externalHosts).map(([host, program]) => ({ field: `spec.externalHosts[${host}]`, program })),
  ];
  const problems = named.flatMap(({ field, program }): FieldProblem[] =>
    program === undefined || programs.includes(program) ? [] : [{ field, message: unknown(program, programs) }],
  );
  if (problems.length > 0) throw new SettingsError(problems);
}

function unknown(program: string, programs: readonly string[]): string {
  const meant = nearest(program, programs);
  const help = meant === undefined ? `there are ${programs.join(', ')}` : `did you mean ${meant}?`;
  return `no program "${program}"; ${help}`;
}
