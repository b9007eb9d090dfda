import { readFileSync, statSync } from 'node:fs';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { diffLines, formatDiff } from '../../manifest/diff-lines.ts';
import { createSourceMap } from '../../manifest/source-map.ts';
import { formatChange, summarizeChange } from '../../manifest/summarize-change.ts';
import type { InputFile } from '../input.ts';

/** How often files are looked at, milliseconds: works with every editor, also those that replace the file. */
const POLL = 200;
const SHOWN_CHANGES = 3;

/** A file that was saved and not applied yet. */
export interface SavedChange {
  readonly file: InputFile;
  /** `line 8: weight 5 → 20`, or that nothing that matters changed. */
  readonly summary: string;
}

/** Notices saved changes of the run's files. */
export class FileWatch {
  readonly #applied: Map<string, InputFile>;
  readonly #seen = new Map<string, string>();
  readonly #saved = new Map<string, SavedChange>();
  readonly #poll: ReturnType<typeof setInterval>;

  /** @param onSave told once for every save that differs from what is applied */
  constructor(files: readonly InputFile[], onSave: (change: SavedChange) => void) {
    this.#applied = new Map(files.filter(({ path }) => path !== undefined).map((file) => [file.file, file]));
    for (const file of this.#applied.values()) this.#seen.set(file.file, stamp(file.path as string));
    this.#poll = setInterval(() => this.#look(onSave), POLL);
    this.#poll.unref();
  }

  /** Files with saved changes that were not applied. */
  saved(): SavedChange[] {
    this.#look(() => {});
    return [...this.#saved.values()];
  }

  /** These contents are applied now. */
  applied(files: readonly InputFile[]): void {
    for (const file of files) {
      this.#applied.set(file.file, file);
      this.#saved.delete(file.file);
    }
  }

  /** The saved changes as a diff. */
  diff(): string {
    return [...this.#saved.values()]
      .map(({ file }) => `${file.file}\n${formatDiff(diffLines(textOf(this.#applied.get(file.file)), textOf(file)))}`)
      .join('\n');
  }

  stop(): void {
    clearInterval(this.#poll);
  }

  #look(onSave: (change: SavedChange) => void): void {
    for (const applied of [...this.#applied.values()]) {
      const path = applied.path as string;
      const now = stamp(path);
      if (now === '' || now === this.#seen.get(applied.file)) continue;
      const bytes = contentOf(path);
      if (bytes === undefined) continue;
      this.#seen.set(applied.file, now);
      if (textOf({ ...applied, bytes }) === textOf(applied)) {
        this.#saved.delete(applied.file);
        continue;
      }
      const change = { file: { ...applied, bytes }, summary: summaryOf(applied, bytes) };
      this.#saved.set(applied.file, change);
      onSave(change);
    }
  }
}

function summaryOf(applied: InputFile, bytes: Uint8Array): string {
  const side = (text: Uint8Array) => ({
    documents: decodeManifests(applied.file, text).documents,
    source: createSourceMap([{ file: applied.file, text }]),
  });
  const changes = summarizeChange(side(applied.bytes), side(bytes)).map(formatChange);
  if (changes.length === 0) return 'nothing that the cluster sees';
  const more = changes.length > SHOWN_CHANGES ? `, and ${changes.length - SHOWN_CHANGES} more` : '';
  return changes.slice(0, SHOWN_CHANGES).join('; ') + more;
}

/** Changes with every save; '' while the file is gone (editors that replace it). */
function stamp(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}

/** Undefined for what cannot be read at the moment: between the two steps of an editor that replaces it, or no file any more. */
function contentOf(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function textOf(file: InputFile | undefined): string {
  return new TextDecoder().decode(file?.bytes);
}
