import type { ApplyOutcome, Cluster, LedgerEntry } from '../index.ts';
import type { InputFile } from './input-file.ts';
import {
  ADDON_FILE,
  addonDocuments,
  errorsOf,
  type InputProblem,
  type LoadedManifests,
  loadManifests,
} from './load-manifests.ts';

/** What applying did. */
export interface Applied {
  /** What cannot be read or decoded; nothing was applied then. */
  readonly errors: readonly InputProblem[];
  readonly outcomes: readonly ApplyOutcome[];
  /** Objects that the new texts no longer have; they stay in the cluster. */
  readonly gone: readonly LedgerEntry[];
  /** Whether the texts have a Scenario other than the one that the run was started with. */
  readonly settingsDiffer: boolean;
}

interface ApplyOptions {
  /** Cluster time that passes after each document, milliseconds. */
  readonly interval?: number;
  /** Whether what webhooks cannot be asked about yet is tried again later. */
  readonly postpone?: boolean;
}

const NOTHING: Omit<Applied, 'errors'> = Object.freeze({ outcomes: [], gone: [], settingsDiffer: false });

/** Applies texts to the cluster of a run and remembers what was refused. */
export class RunManifests {
  readonly #cluster: Cluster;
  #settings = '';
  /** Refused documents by their file, until that file is applied again. */
  readonly #refused = new Map<string, ApplyOutcome[]>();

  constructor(cluster: Cluster, settings: unknown) {
    this.#cluster = cluster;
    this.begin(settings);
    cluster.manifests.onLateOutcomes((outcomes) => this.#later(outcomes));
  }

  /** From now on these are the settings that the run was started with. */
  begin(settings: unknown): void {
    this.#settings = JSON.stringify(settings);
  }

  /** What was refused last, of every file. */
  get refused(): ApplyOutcome[] {
    return [...this.#refused.values()].flat();
  }

  /** Applies the add-on's own objects, which are reported under {@link ADDON_FILE}. */
  applyAddons(): ApplyOutcome[] {
    return this.#cluster.apply(addonDocuments(this.#cluster.settings));
  }

  /** Applies texts together, so that the order of the files does not matter; what is refused stops nothing else. */
  apply(files: readonly InputFile[], fromFolder = files.length > 1, options: ApplyOptions = {}): Applied {
    return this.applyLoaded(files, loadManifests(files, fromFolder), options);
  }

  /** Applies texts that were decoded before. */
  applyLoaded(files: readonly InputFile[], loaded: LoadedManifests, options: ApplyOptions = {}): Applied {
    const errors = errorsOf(loaded);
    if (errors.length > 0) return { ...NOTHING, errors };
    const { documents } = loaded;
    const gone = this.#cluster.manifests.replaceFiles(sourcesOf(files), documents);
    const outcomes = this.#cluster.apply(documents, options);
    for (const { file } of files) this.#remember(file, outcomes);
    return { errors, outcomes, gone, settingsDiffer: this.#differ(loaded) };
  }

  /** What applying these texts would do. */
  check(files: readonly InputFile[], fromFolder = false): Applied {
    const loaded = loadManifests(files, fromFolder);
    const errors = errorsOf(loaded);
    if (errors.length > 0) return { ...NOTHING, errors };
    const outcomes = this.#cluster.apply(loaded.documents, { dryRun: true, files: sourcesOf(files) });
    return { errors, outcomes, gone: [], settingsDiffer: this.#differ(loaded) };
  }

  /** Forgets texts that no object of the cluster stands in any more. @returns their names */
  forgetUnused(names: Iterable<string>): string[] {
    const used = new Set(this.#cluster.manifests.entries().map(({ document }) => document.file));
    const unused = [...names].filter((name) => !used.has(name) && !this.#refused.has(name));
    if (unused.length > 0) this.#cluster.manifests.removeFiles(unused);
    return unused;
  }

  /** Forgets texts; objects that came from them stand in no file then. */
  dropFiles(names: Iterable<string>): void {
    const dropped = [...names];
    for (const name of dropped) this.#refused.delete(name);
    this.#cluster.manifests.removeFiles(dropped);
  }

  /** Objects of the user that stand in none of these files. */
  looseObjects(isFile: (name: string) => boolean): LooseObject[] {
    return this.#cluster.userObjects().flatMap(({ document, object }) => {
      if (document.file === ADDON_FILE || isFile(document.file)) return [];
      return [{ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name }];
    });
  }

  #later(outcomes: readonly ApplyOutcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.action !== undefined) continue;
      this.#refused.set(outcome.file, [...(this.#refused.get(outcome.file) ?? []), outcome]);
    }
  }

  #remember(file: string, outcomes: readonly ApplyOutcome[]): void {
    const refused = outcomes.filter((each) => each.file === file && each.action === undefined && !each.postponed);
    if (refused.length > 0) this.#refused.set(file, refused);
    else this.#refused.delete(file);
  }

  #differ({ hasScenario, settings }: { hasScenario: boolean; settings: unknown }): boolean {
    return hasScenario && JSON.stringify(settings) !== this.#settings;
  }
}

/** An object that stands in no file. */
export type LooseObject = Pick<LedgerEntry, 'kind' | 'namespace' | 'name'>;

function sourcesOf(files: readonly InputFile[]): { file: string; text: Uint8Array }[] {
  return files.map(({ file, bytes }) => ({ file, text: bytes }));
}
