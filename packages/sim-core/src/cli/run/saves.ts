import type { ApplyOutcome } from '../../index.ts';
import type { InputFile } from '../../run/input-file.ts';
import { type RunFiles, textOfFile } from '../../run/run-files.ts';
import type { RunManifests } from '../../run/run-manifests.ts';
import { listInput } from '../input.ts';
import { FileWatch } from './file-watch.ts';
import type { RunConsole } from './run-console.ts';
import { diffOf, summarize } from './save-words.ts';

/** What saves are handled with. */
export interface SavesParts {
  readonly files: RunFiles;
  readonly manifests: RunManifests;
  readonly console: RunConsole;
  /** Names as the user gave them: folders among them are looked into again. */
  readonly names: readonly string[];
  readonly directory: string;
  /** Whether valid saves are applied without being asked. */
  readonly applyAtOnce: boolean;
  /** Applies files as they are on the disk. */
  apply(files: readonly InputFile[]): void;
}

const NOTHING_SAVED = 'Nothing was saved since the last apply.';

/** What becomes of saved changes: they are checked and told, and applied when somebody says so. */
export class Saves {
  readonly #parts: SavesParts;
  readonly #watch: FileWatch;

  constructor(parts: SavesParts) {
    this.#parts = parts;
    this.#watch = new FileWatch({
      files: parts.files,
      listFolders: () => this.#listFolders(),
      onSave: (file) => this.#saved(file),
      onGone: (file) => this.#gone(file),
    });
  }

  /** Files that were saved and not applied. */
  pending(): InputFile[] {
    return this.#watch.saved();
  }

  /** Applies what was saved. */
  applyPending(): void {
    const files = this.pending();
    if (files.length === 0) this.#parts.console.note(NOTHING_SAVED);
    else this.#parts.apply(files);
  }

  /** Shows what was saved and not applied. */
  showDiff(): void {
    const files = this.pending();
    const diffs = files.map((file) => diffOf(file.file, this.#parts.files.textOf(file.file), textOfFile(file)));
    this.#parts.console.note(files.length === 0 ? NOTHING_SAVED : diffs.join('\n'));
  }

  stop(): void {
    this.#watch.stop();
  }

  #saved(file: InputFile): void {
    const { console, manifests, applyAtOnce } = this.#parts;
    const { errors, outcomes } = manifests.check([file], this.#parts.files.list().length > 1);
    const refusals = outcomes.flatMap(problemsOf);
    if (errors.length > 0) console.note(`${file.file} was saved with an error; the cluster stays as it is:`);
    else if (applyAtOnce && refusals.length === 0) return this.#parts.apply([file]);
    else console.note(`${this.#describe(file)}. Press Enter to apply, d for diff`);
    if (refusals.length > 0) console.note('The API server would refuse it:');
    for (const problem of [...errors, ...refusals]) console.problem(problem);
  }

  #describe(file: InputFile): string {
    const { files } = this.#parts;
    if (!files.has(file.file)) return `${file.file} is new`;
    return `${file.file} changed (${summarize(file.file, files.textOf(file.file), textOfFile(file))})`;
  }

  #gone(file: string): void {
    if (this.#parts.files.has(file)) this.#parts.console.note(`${file} is gone; its objects stay in the cluster.`);
  }

  #listFolders(): { file: string; path: string }[] {
    try {
      return listInput(this.#parts.names, this.#parts.directory);
    } catch {
      return []; // a folder that is gone or locked; its files are told one by one
    }
  }
}

function problemsOf({ problems }: ApplyOutcome): ApplyOutcome['problems'] {
  return problems;
}
