import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ControlView } from './engine.ts';

/** Milliseconds for which counters in a snapshot may be old; the feed's next metrics put them right. */
const LONGEST_AGE = 250;

const compress = promisify(gzip);

/** A snapshot ready to be sent. */
export interface PackedSnapshot {
  readonly tag: string;
  readonly json: string;
  /** The same, compressed; made once, for whoever asks first. */
  gzipped(): Promise<Buffer>;
}

/** Keeps the newest snapshot, so that forty pages that come back at once cost one. */
export class SnapshotCache {
  readonly #view: ControlView;
  readonly #feedSeq: () => number;
  #newest: PackedSnapshot | undefined;
  #key = '';
  #madeAt = 0;
  #made = 0;

  readonly #forViewers: boolean;

  /** @param forViewers leaves out what is its owner's: the text of the files, which may hold keys */
  constructor(view: ControlView, feedSeq: () => number, forViewers = false) {
    this.#view = view;
    this.#feedSeq = feedSeq;
    this.#forViewers = forViewers;
  }

  get(): PackedSnapshot {
    const now = performance.now();
    const key = `${this.#view.revision} ${this.#view.version} ${this.#feedSeq()}`;
    if (this.#newest !== undefined && key === this.#key && now - this.#madeAt < LONGEST_AGE) return this.#newest;
    this.#newest = this.#make();
    this.#key = `${this.#view.revision} ${this.#view.version} ${this.#feedSeq()}`;
    this.#madeAt = now;
    return this.#newest;
  }

  #make(): PackedSnapshot {
    const snapshot = this.#view.snapshot();
    const files = this.#forViewers ? [] : snapshot.files;
    const json = JSON.stringify({ ...snapshot, files, seq: this.#feedSeq() });
    let gzipped: Promise<Buffer> | undefined;
    return {
      tag: `"${this.#view.epoch}.${++this.#made}"`,
      json,
      gzipped: () => {
        gzipped ??= compress(json);
        return gzipped;
      },
    };
  }
}
