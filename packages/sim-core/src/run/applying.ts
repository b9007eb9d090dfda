import type { Cluster, ScenarioSettings, UserObject } from '../index.ts';
import type { InputFile } from './input-file.ts';
import { ADDON_FILE, type LoadedManifests } from './load-manifests.ts';
import type { RunFiles } from './run-files.ts';
import type { Applied, RunManifests } from './run-manifests.ts';

/** What deleted objects are given to go, and the steps, milliseconds of cluster time: a load balancer needs its time. */
const PATIENCE = 300_000;
const STEP = 500;

/** Applies the files of a run: as they were read at the start, as they are saved, and once more to put everything back. */
export class Applying {
  readonly #cluster: Cluster;
  readonly #files: RunFiles;
  readonly #manifests: RunManifests;

  constructor(cluster: Cluster, files: RunFiles, manifests: RunManifests) {
    this.#cluster = cluster;
    this.#files = files;
    this.#manifests = manifests;
  }

  /** Applies the add-ons and what was read; time passes only where the Scenario says so. */
  start(loaded: LoadedManifests): Applied {
    const { applyInterval: interval } = this.#cluster.settings;
    const addons = this.#manifests.applyAddons();
    const applied = this.#manifests.applyLoaded(this.#files.list(), loaded, { interval, postpone: true });
    return { ...applied, outcomes: [...addons, ...applied.outcomes], settingsDiffer: false };
  }

  /**
   * Other files take the place of everything of the user's, and their Scenario that of the run's. Cluster time moves on until
   * what was deleted is gone: what comes may have its names.
   * @param settings of the Scenario among them, with what the command line says on top
   */
  replace(files: readonly InputFile[], loaded: LoadedManifests, settings: ScenarioSettings): Applied {
    this.#cluster.setScene(settings);
    this.#manifests.dropFiles(this.#files.list().map(({ file }) => file));
    this.#manifests.begin(loaded.settings);
    this.#files.replace(files);
    const before = this.#cluster.userObjects();
    this.#cluster.reset((file) => file === ADDON_FILE && settings.addons.length > 0);
    for (let waited = 0; waited < PATIENCE && before.some((object) => this.#isLeaving(object)); waited += STEP)
      this.#cluster.advance(STEP);
    return this.start(loaded);
  }

  #isLeaving({ object }: UserObject): boolean {
    const { scheme } = this.#cluster.controlPlane;
    const kind = scheme.kind(object.apiVersion, object.kind);
    const { namespace = '', name } = object.metadata;
    return (
      kind !== undefined && this.#cluster.client.get(kind, namespace, name)?.metadata.deletionTimestamp !== undefined
    );
  }

  /** Applies files as they are on the disk, and remembers them where they could be read. */
  saved(files: readonly InputFile[]): Applied {
    const applied = this.#manifests.apply(files, this.#files.list().length > 1, { postpone: true });
    if (applied.errors.length === 0) for (const file of files) this.#files.applied(file);
    return applied;
  }

  /**
   * Applies the add-ons and every file again, and takes away what stands in none.
   * @param saved files as they were saved and not applied; they count unless they cannot be read
   */
  reset(saved: readonly InputFile[]): Applied {
    const files = this.#files.list().map((file) => saved.find((each) => each.file === file.file) ?? file);
    const added = saved.filter(({ file }) => !this.#files.has(file));
    const addons = this.#manifests.applyAddons();
    const newest = this.saved([...files, ...added]);
    const applied = newest.errors.length === 0 ? newest : this.saved(this.#files.list());
    this.#cluster.reset((file) => file === ADDON_FILE || this.#files.has(file));
    return { ...applied, errors: newest.errors, outcomes: [...addons, ...applied.outcomes], gone: [] };
  }
}
