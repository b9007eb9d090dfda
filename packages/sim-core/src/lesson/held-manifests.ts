import type { KubeObject } from '../apimachinery/object-meta.ts';
import { cleanManifest } from '../grader/submission/exported.ts';
import { keyOfManifest, keyOfObject, keyText } from '../grader/submission/object-key.ts';
import type { SubmittedFile } from '../grader/submission.ts';
import type { LedgerEntry, UserObject } from '../index.ts';
import { isFields, type Manifest, type ManifestDocument } from '../manifest/document.ts';
import { encodeManifests } from '../manifest/encode-manifests.ts';
import type { SourceFile } from '../manifest/source-map.ts';

/** The cluster whose objects are looked at; a `Cluster` is one. */
export interface HoldingCluster {
  userObjects(): UserObject[];
  readonly manifests: {
    /** The user's files as they were taken in last. */
    readonly files: readonly SourceFile[];
    refusedDocuments(): ManifestDocument[];
    /** Objects that were applied, whether they are still there or not. */
    entries(): LedgerEntry[];
  };
}

/** Which of the user's files mean something else than an answer. */
export interface HeldFiles {
  /** Files with what was there before the answer: add-ons and the scenario of the exercise. */
  isScene(file: string): boolean;
  /** Files that the user still has: what was refused in another one is forgotten. */
  isOwn(file: string): boolean;
}

/** What a cluster holds of the user's, to be graded: plain data. */
export interface HeldManifests {
  /** Objects as they are now, at the places of their manifests. */
  readonly files: readonly SubmittedFile[];
  /** Keys of objects of the scene that somebody has deleted. */
  readonly missing: readonly string[];
  /** Changes whenever anything of it does. */
  readonly fingerprint: string;
}

/** The file of objects that stand in none. */
export const IN_NO_FILE = 'in no file';

/**
 * Reads what the cluster holds now as if somebody had handed it in. An object that has not changed since the last look is not
 * written down again.
 */
export class ManifestReader {
  readonly #cluster: HoldingCluster;
  readonly #files: HeldFiles;
  readonly #written = new WeakMap<KubeObject, { readonly value: Manifest; readonly text: string }>();
  /** How objects of the scene were when they were seen first. */
  readonly #scene = new Map<string, string>();

  constructor(cluster: HoldingCluster, files: HeldFiles) {
    this.#cluster = cluster;
    this.#files = files;
  }

  read(): HeldManifests {
    const documents: ManifestDocument[] = [];
    const parts: string[] = [];
    const seen = new Set<string>();
    for (const { object, document } of this.#cluster.userObjects()) {
      if (object.metadata.deletionTimestamp !== undefined) continue;
      const { value, text } = this.#write(object);
      const key = keyOfObject(object);
      seen.add(key);
      if (this.#isUntouched(document.file, key, text)) continue;
      documents.push({ ...document, value });
      parts.push(document.file, text);
    }
    for (const document of [...this.#cleanedUp(seen), ...this.#refused()]) {
      documents.push(document);
      parts.push(document.file, JSON.stringify(document.value));
    }
    const missing = [...this.#scene.keys()].filter((key) => !seen.has(key));
    return { files: this.#submitted(documents), missing, fingerprint: JSON.stringify([parts, missing]) };
  }

  #refused(): ManifestDocument[] {
    return this.#cluster.manifests.refusedDocuments().filter(({ file }) => this.#files.isOwn(file));
  }

  /** Jobs that are gone because they have ended: they were handed in all the same. */
  #cleanedUp(seen: ReadonlySet<string>): ManifestDocument[] {
    const jobs = this.#cluster.manifests.entries().filter(({ kind }) => kind === 'Job');
    return jobs.flatMap(({ document, namespace }) => {
      const { spec } = document.value;
      const goesByItself = isFields(spec) && spec['ttlSecondsAfterFinished'] !== undefined;
      const isThere = seen.has(keyText(keyOfManifest(document.value, namespace)));
      return goesByItself && !isThere && !this.#files.isScene(document.file) ? [document] : [];
    });
  }

  #write(object: KubeObject) {
    const known = this.#written.get(object);
    if (known !== undefined) return known;
    const value = cleanManifest(object as unknown as Manifest);
    const written = { value, text: JSON.stringify(value) };
    this.#written.set(object, written);
    return written;
  }

  /** Whether it is part of the scene, and as it was in the beginning: the exercise brings it itself. */
  #isUntouched(file: string, key: string, text: string): boolean {
    if (!this.#files.isScene(file)) return false;
    const before = this.#scene.get(key) ?? text;
    this.#scene.set(key, before);
    return before === text;
  }

  /** One submitted file for each that the objects stand in, with the text that their lines count in. */
  #submitted(documents: readonly ManifestDocument[]): SubmittedFile[] {
    const texts = new Map(this.#cluster.manifests.files.map(({ file, text }) => [file, text]));
    const byFile = new Map<string, ManifestDocument[]>();
    for (const document of documents) {
      const file = texts.has(document.file) ? document.file : IN_NO_FILE;
      byFile.set(file, [...(byFile.get(file) ?? []), document]);
    }
    return [...byFile].map(([file, own]) => {
      const text = texts.get(file);
      if (text !== undefined) return { path: file, used: true, text, decoded: { documents: own, problems: [] } };
      const loose = own.map(({ value }, index) => ({ file, index, path: [], line: 1, value }));
      const written = encodeManifests(loose.map(({ value }) => value));
      return { path: file, used: true, text: written, decoded: { documents: loose, problems: [] } };
    });
  }
}
