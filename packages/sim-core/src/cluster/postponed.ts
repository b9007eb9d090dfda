import { PendingError } from '../apimachinery/pending-error.ts';
import type { StatusError } from '../apimachinery/status-error.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { ApplyManifestsOptions, ApplyOutcome } from './manifests.ts';
import type { Waiting } from './settled.ts';

/** A document that was tried: what became of it, and the error if it was refused. */
export interface Tried {
  readonly outcome: ApplyOutcome;
  readonly error?: StatusError;
  /** What a real cluster said at the first attempt, where this is a later one. */
  readonly said?: string;
}

/** How a document is tried. */
export type Try = (document: ManifestDocument, options: ApplyManifestsOptions) => Tried;

interface Postponed extends Tried {
  readonly document: ManifestDocument;
  readonly options: ApplyManifestsOptions;
  /** What a real cluster says; '' where it only takes its time. */
  readonly said: string;
  /** A webhook has not answered yet. */
  isPending: boolean;
}

/**
 * Documents that are tried again later: a webhook that is to be asked about them cannot be asked yet, or takes its time.
 * Those that are still too early stay, in their order.
 */
export class PostponedDocuments {
  #waiting: readonly Postponed[] = [];
  /** Store revision of the last attempt: as long as nothing changed, trying again is idle. */
  #triedAt = -1;

  /** @param woken called when a webhook has answered */
  add(document: ManifestDocument, options: ApplyManifestsOptions, tried: Tried, woken: () => void): void {
    const refusal = tried.error instanceof PendingError ? '' : (tried.outcome.problems[0]?.message ?? '');
    const said = tried.said ?? refusal;
    this.#waiting = [...this.#waiting, this.#postponed({ document, options, ...tried, said, isPending: false }, woken)];
    this.#triedAt = -1;
  }

  /** Forgets the documents of files: they are applied again, or gone. */
  forget(files: readonly string[]): void {
    if (this.#waiting.length === 0) return;
    this.#waiting = this.#waiting.filter(({ document }) => !files.includes(document.file));
  }

  /** Tries again. @returns what is over: taken, or refused for another reason */
  retry(revision: number, attempt: Try, woken: () => void): ApplyOutcome[] {
    if (this.#waiting.length === 0 || revision === this.#triedAt) return [];
    this.#triedAt = revision;
    const over: ApplyOutcome[] = [];
    let isOpen = true;
    this.#waiting = this.#waiting.flatMap((each) => {
      if (each.isPending || !isOpen) return [each];
      const tried = again(each, attempt);
      if (isTooEarly(tried)) {
        isOpen = false;
        return [this.#postponed({ ...each, ...tried, said: each.said }, woken)];
      }
      over.push(each.said === '' ? tried.outcome : { ...tried.outcome, retriedAfter: each.said });
      return [];
    });
    return over;
  }

  /** Leaves them refused. */
  giveUp(): ApplyOutcome[] {
    const left = this.#waiting.map(({ outcome }) => outcome);
    this.#waiting = [];
    return left;
  }

  /** What keeps the cluster from being settled. @param stuck whether nothing goes on that could help */
  waiting(stuck: boolean): Waiting[] {
    return this.#waiting.map(({ outcome: { kind, namespace, name }, said, isPending }) => ({
      kind,
      namespace: namespace || 'default',
      name,
      reason: said === '' ? 'a webhook has not answered yet' : `refused for now: ${said}`,
      stuck: stuck && !isPending,
    }));
  }

  #postponed(postponed: Postponed, woken: () => void): Postponed {
    const { error } = postponed;
    if (!(error instanceof PendingError)) return { ...postponed, isPending: false };
    const pending = { ...postponed, isPending: true };
    error.whenReady(() => {
      pending.isPending = false;
      this.#triedAt = -1;
      woken();
    });
    return pending;
  }
}

function again({ document, options, error }: Postponed, attempt: Try): Tried {
  const work = () => attempt(document, options);
  return error instanceof PendingError ? error.again(work) : work();
}

/** Refused only because a webhook that is to be asked cannot be asked yet. */
export function isTooEarly({ outcome, error }: Tried): boolean {
  if (outcome.action !== undefined) return false;
  if (error instanceof PendingError) return true;
  return error?.status.reason === 'InternalError' && /failed calling webhook "/.test(error.message);
}
