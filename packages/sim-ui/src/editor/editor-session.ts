import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Timers } from '../feed/timers.ts';
import type { LiveCluster } from '../state/live-cluster.ts';
import type { Store } from '../state/store.ts';
import { type Transport, TransportError } from '../transport/transport.ts';
import { ApiDocs } from './api-docs.ts';
import { documentsOf, type ManifestDocument } from './documents.ts';
import { type DraftStore, Drafts, type EditedFile, editedFiles } from './drafts.ts';
import { applyText, type Verdict } from './dry-run.ts';

/** What is known of the text that is shown. */
export type Check =
  | { readonly phase: 'checking' }
  | { readonly phase: 'known'; readonly text: string; readonly verdict: Verdict }
  | { readonly phase: 'failed'; readonly reason: string };

/** What the panel shows beside the text: nothing, what applying would change, or what saving would. */
export type Mode = 'edit' | 'review' | 'save';

/** What an editor works with. */
export interface EditorSessionParts {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly store: Store;
  readonly live: LiveCluster;
  readonly storage?: DraftStore | undefined;
}

/** Typing has to stop for so long before the API server is asked. */
const DEBOUNCE_MS = 400;

/** The editor's state in this tab: drafts, what the API server says of them, what was applied. */
export class EditorSession {
  readonly drafts: Drafts;
  readonly docs: ApiDocs;
  readonly chosen: Signal<string | undefined> = signal(undefined);
  readonly mode: Signal<Mode> = signal('edit');
  readonly check: Signal<Check> = signal({ phase: 'checking' });
  readonly isApplying = signal(false);
  /** What was applied last. */
  readonly applied: Signal<{ readonly file: string; readonly rev: number } | undefined> = signal(undefined);
  /** A place that the caret shall go to; a new object each time. */
  readonly goTo: Signal<{ readonly line: number; readonly column: number } | undefined> = signal(undefined);
  readonly files: ReadonlySignal<readonly EditedFile[]>;
  readonly current: ReadonlySignal<EditedFile | undefined>;
  /** Documents of the shown text. */
  readonly documents: ReadonlySignal<readonly ManifestDocument[]>;
  readonly #parts: EditorSessionParts;
  #cancel = (): void => {};
  #asked = 0;

  constructor(parts: EditorSessionParts) {
    this.#parts = parts;
    this.drafts = new Drafts(parts.storage);
    this.docs = new ApiDocs(parts.transport);
    const { files } = parts.store.parts;
    this.files = computed(() => editedFiles(files.value, this.drafts.all.value));
    this.current = computed(() => {
      const all = this.files.value;
      return all.find(({ file }) => file === this.chosen.value) ?? all[0];
    });
    const text = computed(() => this.current.value?.text ?? '');
    this.documents = computed(() => documentsOf(text.value));
  }

  type(file: string, text: string): void {
    const applied = this.files.peek().find((one) => one.file === file)?.applied ?? '';
    this.drafts.type(file, text, applied);
    this.applied.value = undefined;
  }

  /** Begins a file that the disk does not have. */
  begin(text = ''): void {
    const names = new Set(this.files.peek().map(({ file }) => file));
    let number = 1;
    while (names.has(`new-${number}.yaml`)) number++;
    this.drafts.type(`new-${number}.yaml`, text === '' ? '\n' : text, '');
    this.chosen.value = `new-${number}.yaml`;
  }

  show(line: number, column: number): void {
    this.mode.value = 'edit';
    this.goTo.value = { line, column };
  }

  /** Asks the API server about the shown text, once it has stayed the same for a while. */
  checkSoon(milliseconds = DEBOUNCE_MS): void {
    this.#cancel();
    this.#cancel = this.#parts.timers.after(milliseconds, () => void this.#check());
  }

  /** Shows what applying would change; with that in view, applies. */
  async apply(): Promise<void> {
    const file = this.current.peek();
    if (!file?.isEdited || this.isApplying.peek()) return;
    if (this.mode.peek() !== 'review') await this.#review(file);
    else await this.applyText(file, file.text);
  }

  /** Applies a text as that of a file. */
  async applyText({ file, isNew }: EditedFile, text: string): Promise<void> {
    this.isApplying.value = true;
    this.#cancel();
    try {
      const verdict = await applyText(this.#parts.transport, file, text, false);
      this.check.value = { phase: 'known', text, verdict };
      this.mode.value = 'edit';
      if (verdict.problems.length > 0) return;
      this.#parts.live.setFile(file, text);
      this.drafts.rebase(file, text, isNew);
      this.applied.value = { file, rev: verdict.rev };
    } catch (error) {
      this.#failed(error);
    } finally {
      this.isApplying.value = false;
    }
  }

  /** Writes the cluster's text of a file to the disk. @throws TransportError */
  async save({ file, applied }: EditedFile): Promise<void> {
    await this.#parts.transport.call('POST', '/save', { file, text: applied });
    this.mode.value = 'edit';
  }

  discard({ file }: EditedFile): void {
    this.drafts.drop(file);
    this.mode.value = 'edit';
  }

  /** Nothing is reviewed that the API server refuses. */
  async #review({ text }: EditedFile): Promise<void> {
    this.#cancel();
    const known = this.check.peek();
    if (known.phase !== 'known' || known.text !== text) await this.#check();
    const check = this.check.peek();
    if (check.phase === 'known' && check.text === text && check.verdict.problems.length === 0)
      this.mode.value = 'review';
  }

  async #check(): Promise<void> {
    const file = this.current.peek();
    if (!file) return;
    const number = ++this.#asked;
    this.check.value = { phase: 'checking' };
    try {
      const verdict = await applyText(this.#parts.transport, file.file, file.text, true);
      if (number === this.#asked) this.check.value = { phase: 'known', text: file.text, verdict };
    } catch (error) {
      if (number === this.#asked) this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof TransportError)) throw error;
    this.check.value = { phase: 'failed', reason: error.message };
  }
}
