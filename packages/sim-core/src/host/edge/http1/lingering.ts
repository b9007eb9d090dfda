/** nginx's lingering_time and lingering_timeout, in milliseconds. */
const LINGERING_TIME = 30_000;
const LINGERING_TIMEOUT = 5_000;

/**
 * The time between an answer and the end of its connection while the client still sends. To close while bytes arrive
 * would reset the connection, and the client might never see the answer: so they are read and dropped (nginx's
 * lingering_close).
 */
export class Lingering {
  readonly #end: () => void;
  readonly #all: NodeJS.Timeout;
  readonly #quiet: NodeJS.Timeout;

  /** @param end told once, when the client has gone quiet or its time is over */
  constructor(end: () => void) {
    this.#end = end;
    this.#all = setTimeout(() => this.end(), LINGERING_TIME);
    this.#quiet = setTimeout(() => this.end(), LINGERING_TIMEOUT);
  }

  /** Bytes came. */
  touch(): void {
    this.#quiet.refresh();
  }

  end(): void {
    this.stop();
    this.#end();
  }

  stop(): void {
    clearTimeout(this.#all);
    clearTimeout(this.#quiet);
  }
}
