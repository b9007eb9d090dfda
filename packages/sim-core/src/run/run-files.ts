import { DEFAULT_LIMITS } from '../manifest/document.ts';
import { decodeText } from '../manifest/text.ts';
import type { SourceFile } from '../wire.ts';
import type { InputFile } from './input-file.ts';

/**
 * The user's files in a run, as the cluster has them: what was read from the disk and applied last, and drafts that were
 * made on the page and stand in no file yet.
 */
export class RunFiles {
  readonly #files = new Map<string, InputFile>();
  readonly #drafts = new Map<string, string>();
  /** Asked for many times a second; undefined after a change. */
  #described: SourceFile[] | undefined;

  constructor(files: readonly InputFile[]) {
    for (const file of files) this.#files.set(file.file, file);
  }

  /** As they were applied last, drafts left out. */
  list(): InputFile[] {
    return [...this.#files.values()];
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  find(name: string): InputFile | undefined {
    return this.#files.get(name);
  }

  /** The file that lies there. @param path absolute */
  findByPath(path: string): InputFile | undefined {
    return this.list().find((file) => file.path === path);
  }

  /** Text that the cluster has of a file: its draft where there is one; '' for a file that is none of ours. */
  textOf(name: string): string {
    return this.#drafts.get(name) ?? textOfFile(this.#files.get(name));
  }

  /** A file was applied as it is on the disk: it takes the place of its draft. */
  applied(file: InputFile): void {
    this.#files.set(file.file, file);
    this.#drafts.delete(file.file);
    this.#described = undefined;
  }

  /** A text was applied that stands in no file. */
  drafted(name: string, text: string): void {
    if (text === textOfFile(this.#files.get(name))) this.#drafts.delete(name);
    else this.#drafts.set(name, text);
    this.#described = undefined;
  }

  /** Names of files with drafts. */
  drafts(): string[] {
    return [...this.#drafts.keys()];
  }

  /** Other files take the place of all of these. */
  replace(files: readonly InputFile[]): void {
    this.#files.clear();
    for (const file of files) this.#files.set(file.file, file);
    this.dropDrafts();
  }

  dropDrafts(): void {
    this.#drafts.clear();
    this.#described = undefined;
  }

  /** As the page shows them. */
  describe(): SourceFile[] {
    this.#described ??= this.list().map(({ file }) => {
      const draft = this.#drafts.has(file);
      return { file, text: this.textOf(file), draft, ...(draft && { saved: textOfFile(this.#files.get(file)) }) };
    });
    return this.#described;
  }
}

/** The text of a file, whatever its encoding; '' for none. */
export function textOfFile(file: InputFile | undefined): string {
  return file === undefined ? '' : decodeText(file.bytes, DEFAULT_LIMITS).text;
}
