import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, renameSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ResultHead } from '../../grader/class/unchecked.ts';
import type { Graded } from '../../grader/emit/emitter.ts';
import { linesOf, readAt, type Span, writeAll } from './file-lines.ts';

/** Format of the file; a new number for a change that old readers would misunderstand. */
const JOURNAL = 'sandbox.k8s-ingress.dev/grade-journal/v1';

/** What is graded: two gradings with the same head may be put together. */
export type JournalHead = ResultHead & { readonly journal: typeof JOURNAL };

/** One graded submission as it stands in the journal. */
export interface JournalEntry extends Graded {
  /** What the submission was made of: the same, and it need not be graded again. */
  readonly fingerprint: string;
}

/** What the journal knows of an entry without reading it. */
export interface EntryNote extends Span {
  readonly fingerprint: string;
  readonly status: Graded['status'];
}

const sync = promisify(fdatasync);

/** A journal that cannot be used, in words. */
export class JournalError extends Error {}

/**
 * The results of a batch, one line each, appended and synced to disk before they count as done. Killed at any moment, the file
 * holds whole lines and at most one torn one at its end, which is cut off; of two lines for one student the later counts. So
 * nothing is lost and nothing stands twice. In memory there is only where each line lies.
 */
export class Journal {
  readonly path: string;
  readonly head: JournalHead;
  readonly #file: number;
  readonly #notes = new Map<string, EntryNote>();
  /** Where the next entry begins, and up to where the file is written. */
  #end: number;
  #written: number;
  #waiting: { line: Buffer; done: () => void; failed: (error: unknown) => void }[] = [];
  #writing: Promise<void> | undefined;

  private constructor(
    path: string,
    file: number,
    head: JournalHead,
    notes: Iterable<[string, EntryNote]>,
    end: number,
  ) {
    this.path = path;
    this.#file = file;
    this.head = head;
    this.#end = end;
    this.#written = end;
    for (const [id, note] of notes) this.#notes.set(id, note);
  }

  /** A new journal; one that is there already is kept beside it as `….previous`, for `grade diff`. */
  static create(path: string, head: ResultHead): Journal {
    const { engine, exercise, seed, cluster, checks } = head;
    const own: JournalHead = { journal: JOURNAL, engine, exercise, seed, cluster, checks };
    const line = Buffer.from(`${JSON.stringify(own)}\n`);
    const begun = `${path}.new`;
    const file = openSync(begun, 'w+', 0o600);
    writeAll(file, line, 0);
    fdatasyncSync(file);
    keepPrevious(path);
    // Whoever is killed before this line leaves the old journal, and after it a new one with its head.
    renameSync(begun, path);
    return new Journal(path, file, own, [], line.byteLength);
  }

  /**
   * An existing journal; what was torn off at its end is cut.
   * @throws JournalError when it is none
   */
  static open(path: string, readOnly = false): Journal {
    const file = openFile(path, readOnly);
    const { head, notes, end } = scan(path, file);
    if (!readOnly && end < fstatSync(file).size) ftruncateSync(file, end);
    return new Journal(path, file, head, notes, end);
  }

  /** Ids in it. */
  get ids(): readonly string[] {
    return [...this.#notes.keys()];
  }

  note(id: string): EntryNote | undefined {
    return this.#notes.get(id);
  }

  read(id: string): JournalEntry | undefined {
    const note = this.#notes.get(id);
    return note === undefined ? undefined : (JSON.parse(readAt(this.#file, note).toString('utf8')) as JournalEntry);
  }

  /** Resolves when the entry is on the disk. Entries that come while others are written are synced together. */
  append(entry: JournalEntry): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    const { fingerprint, status } = entry;
    this.#notes.set(entry.result.submission.id, { fingerprint, status, offset: this.#end, length: line.byteLength });
    this.#end += line.byteLength;
    const written = new Promise<void>((done, failed) => this.#waiting.push({ line, done, failed }));
    this.#writing ??= this.#write();
    return written;
  }

  /** Resolves when everything is on the disk and the file is closed. */
  async close(): Promise<void> {
    await this.#writing;
    closeSync(this.#file);
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const lines = Buffer.concat(batch.map(({ line }) => line));
        writeAll(this.#file, lines, this.#written);
        this.#written += lines.byteLength;
        await sync(this.#file);
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.#writing = undefined;
  }
}

function keepPrevious(path: string): void {
  try {
    renameSync(path, `${path}.previous`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function openFile(path: string, readOnly: boolean): number {
  try {
    return openSync(path, readOnly ? 'r' : 'r+');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new JournalError(`${path}: ${code === 'ENOENT' ? 'no such journal' : message}`);
  }
}

function scan(path: string, file: number): { head: JournalHead; notes: [string, EntryNote][]; end: number } {
  const notes: [string, EntryNote][] = [];
  let head: JournalHead | undefined;
  let end = 0;
  for (const { text, offset, length } of linesOf(file)) {
    const value = parsed(text);
    if (head === undefined) {
      if ((value as Partial<JournalHead> | undefined)?.journal !== JOURNAL) break;
      head = value as JournalHead;
    } else {
      const entry = value as Partial<JournalEntry> | undefined;
      const id = entry?.result?.submission?.id;
      if (id === undefined || entry?.status === undefined || entry.fingerprint === undefined) break;
      notes.push([id, { fingerprint: entry.fingerprint, status: entry.status, offset, length }]);
    }
    end = offset + length;
  }
  if (head === undefined) throw new JournalError(`${path}: this is no journal of a batch (its first line says so)`);
  return { head, notes, end };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
