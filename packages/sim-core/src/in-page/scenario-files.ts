import type { ScenarioSettings } from '../index.ts';
import { formatProblem } from '../manifest/problem.ts';
import type { InputFile } from '../run/input-file.ts';
import { errorsOf, type LoadedManifests, loadManifests } from '../run/load-manifests.ts';

/** A text of manifests with its name. */
export interface PageFile {
  readonly file: string;
  readonly text: string;
}

/** Files as a run takes them, and what they ask for. */
export interface ScenarioParts {
  readonly files: readonly InputFile[];
  readonly loaded: LoadedManifests;
  /** Those of the files, with the seed that was asked for. */
  readonly settings: ScenarioSettings;
}

/** Reads manifests as `run` and `simulate` do. @throws Error with the first problem, at its line */
export function readScenario(pageFiles: readonly PageFile[], seed?: string): ScenarioParts {
  const files = pageFiles.map(({ file, text }) => ({ file, bytes: new TextEncoder().encode(text) }));
  const loaded = loadManifests(files);
  const [problem] = errorsOf(loaded);
  if (problem !== undefined) throw new Error(formatProblem(problem));
  return { files, loaded, settings: { ...loaded.settings, seed: seed ?? loaded.settings.seed } };
}
