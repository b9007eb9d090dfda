import { type DecodedExercise, decodeExercise, type ExerciseProblem } from '../grader/exercise/decode.ts';
import type { Exercise } from '../grader/exercise/document.ts';
import type { ExerciseFiles } from '../grader/exercise/exercise-files.ts';
import type { ExercisePack } from '../grader/exercise/exercise-pack.ts';
import { fillText, firstVariant, type Variant, variantOf } from '../grader/exercise/variants.ts';
import { digestOf } from '../grader/submission/digest.ts';
import { isOwnDocument } from '../grader/submission/own-document.ts';
import { INGRESS_NGINX_ADDON, readSettings, type ScenarioSettings } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { SourceFile } from '../manifest/source-map.ts';

/** An exercise for one variant, and the cluster that it is graded in. */
export interface LoadedExercise {
  readonly pack: ExercisePack;
  readonly settings: ScenarioSettings;
  /** Objects of the add-ons, then those of the scenario. */
  readonly documents: readonly ManifestDocument[];
}

/** The name under which the add-on's own objects are reported. */
const ADDON_FILE = 'addon/ingress-nginx.yaml';

/** An exercise, read once and made ready for every variant that is asked for. */
export class ExerciseLibrary {
  readonly problems: readonly ExerciseProblem[];
  /** In its first variant; undefined when it could not be read. */
  readonly exercise: Exercise | undefined;
  readonly #files: ExerciseFiles;
  readonly #secret: string;
  readonly #loaded = new Map<string, LoadedExercise>();

  /** @param secret decides who gets which variant; '' gives everybody the first */
  constructor(files: ExerciseFiles, secret = '') {
    this.#files = files;
    this.#secret = secret;
    const decoded = this.#decode(firstVariant);
    this.exercise = decoded.exercise;
    this.problems = [
      ...decoded.problems,
      ...[...files.scenario, ...files.solution].flatMap(problemsOf),
      ...files.scenario.flatMap(settingProblems),
    ];
  }

  /** What a student's submission is graded by. @throws Error when the exercise could not be read */
  forStudent(student: string): LoadedExercise {
    if (this.exercise === undefined) throw new Error('the exercise could not be read');
    const { variants } = this.exercise;
    return this.forVariant(this.#secret === '' ? firstVariant(variants) : variantOf(variants, this.#secret, student));
  }

  /** The exercise with these values filled in. */
  forVariant(variant: Variant): LoadedExercise {
    const key = JSON.stringify(variant);
    const known = this.#loaded.get(key) ?? this.#load(variant);
    this.#loaded.set(key, known);
    return known;
  }

  /** Files with the values of a variant filled in. */
  filled(files: readonly SourceFile[], variant: Variant): SourceFile[] {
    if (Object.keys(variant).length === 0) return [...files];
    return files.map(({ file, text }) => ({ file, text: fillText(textOf(text), variant) }));
  }

  #decode(choose: (variants: Exercise['variants']) => Variant): DecodedExercise {
    const { file, text } = this.#files.exercise;
    return decodeExercise(file, text, choose);
  }

  #load(variant: Variant): LoadedExercise {
    const { exercise } = this.#decode(() => variant);
    if (exercise === undefined) throw new Error('the exercise could not be read');
    const { scenario, solution } = this.#files;
    const scenarioDocuments = this.filled(scenario, variant).flatMap(documentsOf);
    const settings = settingsOf(scenarioDocuments);
    const objects = scenarioDocuments.filter((document) => !isOwnDocument(document));
    const isIngressNginx = settings.addons.includes('ingress-nginx');
    const addon = isIngressNginx ? decodeManifests(ADDON_FILE, INGRESS_NGINX_ADDON).documents : [];
    const pack: ExercisePack = {
      exercise,
      variant,
      digest: digestOf([this.#files.exercise, ...prefixed('scenario', scenario), ...prefixed('solution', solution)]),
      scenario: objects,
      solution: this.filled(solution, variant).flatMap(documentsOf),
    };
    return { pack, settings, documents: [...addon, ...objects] };
  }
}

function documentsOf({ file, text }: SourceFile): readonly ManifestDocument[] {
  return decodeManifests(file, text).documents;
}

function problemsOf({ file, text }: SourceFile): ExerciseProblem[] {
  return decodeManifests(file, text).problems.filter(({ severity }) => severity === 'error');
}

function settingsOf(documents: readonly ManifestDocument[]): ScenarioSettings {
  return readSettings(documents.find(({ value }) => value.kind === 'Scenario')?.value ?? {}).settings;
}

function settingProblems(source: SourceFile): ExerciseProblem[] {
  const scenario = documentsOf(source).find(({ value }) => value.kind === 'Scenario');
  if (scenario === undefined) return [];
  return readSettings(scenario.value).problems.map(({ field, message }) => ({
    severity: 'error',
    reason: 'Scenario',
    message: `Scenario ${field}: ${message}`,
    file: source.file,
    line: scenario.line,
  }));
}

function prefixed(folder: string, files: readonly SourceFile[]): SourceFile[] {
  return files.map(({ file, text }) => ({ file: `${folder}/${file}`, text }));
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : new TextDecoder().decode(text);
}
