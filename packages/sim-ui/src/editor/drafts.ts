import type { SourceFile } from '@k8s-ingress-sandbox/sim-core/wire';
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';

/** What somebody typed in this tab and has not applied. */
export interface Draft {
  readonly text: string;
  /** The cluster's text of the file when typing began. */
  readonly base: string;
}

/** Where drafts outlive a reload: a browser's `sessionStorage` is one tab's own. */
export interface DraftStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'drafts';

/** The drafts of this tab, by file. What the cluster has is never changed by typing. */
export class Drafts {
  readonly #store: DraftStore | undefined;
  readonly #all: Signal<ReadonlyMap<string, Draft>>;

  constructor(store?: DraftStore) {
    this.#store = store;
    this.#all = signal(readAll(store));
  }

  get all(): ReadonlySignal<ReadonlyMap<string, Draft>> {
    return this.#all;
  }

  /** Forgets everything that was typed. */
  clear(): void {
    for (const file of this.#all.peek().keys()) this.#set(file, undefined);
  }

  /** Keeps what was typed; the same text as the cluster's is no draft. */
  type(file: string, text: string, base: string): void {
    const before = this.#all.peek().get(file);
    this.#set(file, text === base && !before ? undefined : { text, base: before?.base ?? base });
  }

  /**
   * The cluster's text has become `base`: typing goes on from there.
   * @param isNew the file is known here only, so that its text has to be kept here
   */
  rebase(file: string, base: string, isNew = false): void {
    const draft = this.#all.peek().get(file);
    if (draft) this.#set(file, draft.text === base && !isNew ? undefined : { text: draft.text, base });
  }

  drop(file: string): void {
    this.#set(file, undefined);
  }

  #set(file: string, draft: Draft | undefined): void {
    const before = this.#all.peek().get(file);
    if (before?.text === draft?.text && before?.base === draft?.base) return;
    const next = new Map(this.#all.peek());
    if (draft) next.set(file, draft);
    else next.delete(file);
    this.#all.value = next;
    try {
      this.#store?.setItem(KEY, JSON.stringify([...next]));
    } catch {
      // Full: the drafts live as long as the page does.
    }
  }
}

function readAll(store: DraftStore | undefined): Map<string, Draft> {
  try {
    return new Map(JSON.parse(store?.getItem(KEY) ?? '[]') as [string, Draft][]);
  } catch {
    return new Map();
  }
}

/** A file of the editor: what is on the server's side, and what was typed here. */
export interface EditedFile {
  readonly file: string;
  /** The cluster's text; '' for a file that was never applied. */
  readonly applied: string;
  /** What the editor shows. */
  readonly text: string;
  readonly isEdited: boolean;
  /** The cluster's text is in no file on the disk. */
  readonly isDraft: boolean;
  readonly isNew: boolean;
  /** What the disk has, where the cluster has something else. */
  readonly saved: string | undefined;
  /** Somebody else changed the cluster's text since typing began. */
  readonly isOvertaken: boolean;
}

/** The files of the run, and those that were begun here. */
export function editedFiles(files: readonly SourceFile[], drafts: ReadonlyMap<string, Draft>): EditedFile[] {
  const own = files.map((file) => edited(file, false, drafts.get(file.file)));
  const known = new Set(files.map(({ file }) => file));
  const begun = [...drafts].filter(([file]) => !known.has(file));
  return [...own, ...begun.map(([file, draft]) => edited({ file, text: draft.base, draft: false }, true, draft))];
}

function edited(
  { file, text: applied, draft: isDraft, saved }: SourceFile,
  isNew: boolean,
  draft: Draft | undefined,
): EditedFile {
  const text = draft?.text ?? applied;
  const isOvertaken = draft !== undefined && draft.base !== applied && text !== applied;
  return { file, applied, text, isEdited: text !== applied, isDraft, isNew, isOvertaken, saved };
}
