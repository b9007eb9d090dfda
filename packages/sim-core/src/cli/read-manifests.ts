import { formatDuration } from '../apimachinery/duration.ts';
import type { ScenarioSettings } from '../index.ts';
import { formatProblem } from '../manifest/problem.ts';
import { errorsOf, type InputProblem, type LoadedManifests, loadManifests } from '../run/load-manifests.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { expectNames, type Input, type InputOptions, readInput } from './input.ts';

/** Input that nothing can be started from; the message has every problem with its place. */
export class RefusedInput extends CliError {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super(EXIT.refused, problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads and decodes what the user named.
 * @throws CliError usage without a name, refused when a file cannot be read; RefusedInput when one cannot be decoded
 */
export function readManifests(
  command: string,
  names: readonly string[],
  options: InputOptions,
): { input: Input; manifests: LoadedManifests } {
  if (options.before === undefined) expectNames(command, names);
  const input = readInput(names, options);
  const manifests = loadManifests(input.files);
  const errors = errorsOf(manifests);
  if (errors.length > 0) throw new RefusedInput(errors);
  return { input, manifests };
}

/** Settings with what the command line says on top. */
export function withFlags(
  settings: ScenarioSettings,
  flags: {
    readonly seed?: string | undefined;
    readonly speed?: number | undefined;
    readonly 'cloud-delay'?: number | undefined;
    readonly addon: readonly string[];
  },
): ScenarioSettings {
  return {
    ...settings,
    seed: flags.seed ?? settings.seed,
    clock: { speed: flags.speed ?? settings.clock.speed },
    cloud: { ...settings.cloud, delay: flags['cloud-delay'] ?? settings.cloud.delay },
    addons: [...new Set([...settings.addons, ...flags.addon])],
  };
}

/** `3 s`, for sentences; minutes from two on. */
export function seconds(milliseconds: number): string {
  const rounded = Math.max(0, Math.ceil(milliseconds / 1000));
  return rounded < 120 ? `${rounded} s` : formatDuration(rounded * 1000);
}

/** A number where it is one: what was given as `--seed 7` is told as 7. */
export function seedOf(seed: string): string | number {
  return /^(0|[1-9]\d{0,14})$/.test(seed) ? Number(seed) : seed;
}
