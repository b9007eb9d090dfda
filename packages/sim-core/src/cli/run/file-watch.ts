import { statSync } from 'node:fs';
import type { InputFile } from '../../run/input-file.ts';
import { type RunFiles, textOfFile } from '../../run/run-files.ts';
import { readOne } from '../input.ts';

/** How often files are looked at, milliseconds: works with every editor, also those that replace the file. */
const POLL = 200;

/** What a watch is made from. */
export interface FileWatchParts {
  readonly files: RunFiles;
  /** Manifests that lie in the folders of the run now. */
  listFolders(): readonly { readonly file: string; readonly path: string }[];
  /** Told of every save that differs from what is applied, once it is complete. */
  onSave(file: InputFile): void;
  /** Told once of a file that is gone. */
  onGone(file: string): void;
}

/** What was seen of a file. */
interface Sight {
  readonly path: string;
  /** Changes with every save; '' while the file is not there. */
  stamp: string;
  /** Whether the file was read, or told gone, as it is now. */
  handled: boolean;
}

/** Notices saved changes of the run's files, new files in its folders, and files that are gone. */
export class FileWatch {
  readonly #parts: FileWatchParts;
  readonly #sights = new Map<string, Sight>();
  readonly #read = new Map<string, InputFile>();
  readonly #poll: ReturnType<typeof setInterval>;
  #isOver = false;

  constructor(parts: FileWatchParts, poll = POLL) {
    this.#parts = parts;
    for (const { file, path } of parts.files.list()) {
      if (path !== undefined) this.#sights.set(file, { path, stamp: stampOf(path), handled: true });
    }
    this.#poll = setInterval(() => this.look(), poll);
    this.#poll.unref();
  }

  /** Files as they were saved and not applied; looks at the disk first. None once it was stopped. */
  saved(): InputFile[] {
    if (this.#isOver) return [];
    this.look(true);
    return [...this.#read.values()].filter((file) => this.#differs(file));
  }

  /**
   * Looks at the disk. A file counts as saved once it stays the same from one look to the next: editors write in pieces.
   * @param atOnce takes files as they are now, without telling anybody
   */
  look(atOnce = false): void {
    for (const { file, path } of this.#parts.listFolders()) {
      if (!this.#sights.has(file)) this.#sights.set(file, { path, stamp: '', handled: true });
    }
    for (const [file, sight] of this.#sights) {
      const stamp = stampOf(sight.path);
      const isStill = stamp === sight.stamp;
      if (isStill && sight.handled) continue;
      sight.handled = isStill || atOnce;
      sight.stamp = stamp;
      if (sight.handled) this.#handle(file, sight, atOnce);
    }
  }

  stop(): void {
    this.#isOver = true;
    clearInterval(this.#poll);
  }

  #handle(file: string, { path, stamp }: Sight, silently: boolean): void {
    const read = stamp === '' ? undefined : readAgain(file, path);
    if (read === undefined) {
      this.#read.delete(file);
      if (!silently) this.#parts.onGone(file);
      return;
    }
    this.#read.set(file, read);
    if (!silently && this.#differs(read)) this.#parts.onSave(read);
  }

  #differs(file: InputFile): boolean {
    return !this.#parts.files.has(file.file) || textOfFile(file) !== this.#parts.files.textOf(file.file);
  }
}

/** @returns undefined while it cannot be read */
function readAgain(file: string, path: string): InputFile | undefined {
  try {
    return readOne(file, path);
  } catch {
    return undefined;
  }
}

function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}
