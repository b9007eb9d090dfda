import type { FeedMessage, Snapshot } from '@k8s-ingress-sandbox/sim-core/wire';
import { type Feed, type FeedPosition, type Transport, TransportError } from '../transport/transport.ts';
import { retryDelay } from './backoff.ts';
import type { Timers } from './timers.ts';

/** Without a message for this long, beats included, a feed is dead, whatever the socket believes. */
const SILENCE_MS = 3000;
const ACK_MS = 1000;
/** Snapshots of one feed are at least this far apart, or a server that contradicts itself would be asked without end. */
const RESYNC_MS = 500;

/** Where the page stands with its cluster. Times are of the page's own clock. */
export type Connection =
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'live' }
  | { readonly phase: 'lost'; readonly since: number; readonly retryAt: number; readonly attempt: number }
  | { readonly phase: 'unauthorized' };

/** Whom the connection tells. */
export interface ConnectionListener {
  changed(connection: Connection): void;
  snapshot(snapshot: Snapshot): void;
  /** Messages behind the snapshot, in order. Answering with a reason asks for a new snapshot. */
  message(message: FeedMessage): string | undefined;
}

/**
 * Keeps one feed alive: opens it, buffers, takes the snapshot, passes on what came after it, acknowledges once a second,
 * notices silence, and comes back for ever. Each attempt has a number; whatever an older one still says is ignored.
 */
export class FeedConnection {
  readonly #transport: Transport;
  readonly #timers: Timers;
  readonly #listener: ConnectionListener;
  #attempt = 0;
  #round = 0;
  #feed: Feed | undefined;
  #buffer: FeedMessage[] | undefined;
  #position: FeedPosition = { epoch: '', seq: 0 };
  #lastHeard = 0;
  #joinedAt = Number.NEGATIVE_INFINITY;
  #lostSince: number | undefined;
  #stopped = false;
  #cancelRetry = (): void => {};
  #cancelWatch = (): void => {};
  #cancelResync = (): void => {};

  constructor(transport: Transport, timers: Timers, listener: ConnectionListener) {
    this.#transport = transport;
    this.#timers = timers;
    this.#listener = listener;
  }

  /** Connects now, whatever the wait; also what "try again" does. */
  start(): void {
    if (this.#stopped) return;
    this.#drop();
    const round = this.#round;
    if (this.#lostSince === undefined) this.#listener.changed({ phase: 'connecting', attempt: this.#attempt });
    this.#buffer = [];
    this.#lastHeard = this.#timers.now();
    this.#feed = this.#transport.feed(this.#position, {
      opened: () => this.#ifCurrent(round, () => void this.#join(round)),
      message: (message) => this.#ifCurrent(round, () => this.#hear(message)),
      closed: () => this.#ifCurrent(round, () => void this.#closed(round)),
    });
    this.#watch();
  }

  /** Connects now if the connection is lost; for `online`, a tab that shows again, a click. */
  retryNow(): void {
    if (this.#lostSince !== undefined) this.start();
  }

  /** The server sends beats only until {@link resume}. */
  pause(): void {
    this.#feed?.send({ t: 'pause' });
  }

  resume(): void {
    this.#feed?.send({ t: 'resume' });
  }

  stop(): void {
    this.#stopped = true;
    this.#drop();
  }

  #ifCurrent(round: number, act: () => void): void {
    if (round === this.#round && !this.#stopped) act();
  }

  /** Forgets the present attempt: its socket is closed and its answers no longer count. */
  #drop(): void {
    this.#round += 1;
    this.#cancelRetry();
    this.#cancelWatch();
    this.#cancelResync();
    this.#feed?.close();
    this.#feed = undefined;
    this.#buffer = undefined;
  }

  /** Takes a snapshot while messages wait in the buffer, then passes those on. */
  async #join(round: number): Promise<void> {
    this.#buffer ??= [];
    try {
      const snapshot = await this.#transport.snapshot();
      this.#ifCurrent(round, () => this.#joined(snapshot));
    } catch (error) {
      this.#ifCurrent(round, () => this.#failed(error));
    }
  }

  #joined(snapshot: Snapshot): void {
    const waiting = this.#buffer ?? [];
    this.#buffer = undefined;
    this.#joinedAt = this.#timers.now();
    this.#attempt = 0;
    this.#lostSince = undefined;
    this.#listener.snapshot(snapshot);
    this.#listener.changed({ phase: 'live' });
    // What "gone" asks for has just been done.
    for (const message of waiting) if (message.t !== 'gone') this.#deliver(message);
  }

  #hear(message: FeedMessage): void {
    this.#lastHeard = this.#timers.now();
    if (message.t === 'hello') this.#position = { epoch: message.epoch, seq: message.seq };
    else if ('seq' in message) this.#position = { ...this.#position, seq: message.seq };
    if (this.#buffer) this.#buffer.push(message);
    else this.#deliver(message);
  }

  #deliver(message: FeedMessage): void {
    if (this.#buffer) {
      this.#buffer.push(message);
      return;
    }
    if (this.#listener.message(message) !== undefined) this.#resync();
  }

  #resync(): void {
    this.#buffer = [];
    const round = this.#round;
    const wait = Math.max(0, this.#joinedAt + RESYNC_MS - this.#timers.now());
    this.#cancelResync = this.#timers.after(wait, () => void this.#join(round));
  }

  /** A socket that closes before the snapshot may have been refused for lack of a session: only HTTP can tell. */
  async #closed(round: number): Promise<void> {
    try {
      if (this.#buffer) await this.#transport.snapshot();
      this.#ifCurrent(round, () => this.#failed(undefined));
    } catch (error) {
      this.#ifCurrent(round, () => this.#failed(error));
    }
  }

  #failed(error: unknown): void {
    this.#drop();
    if (error instanceof TransportError && error.problem === 'unauthorized') {
      this.#stopped = true;
      this.#listener.changed({ phase: 'unauthorized' });
      return;
    }
    const now = this.#timers.now();
    this.#lostSince ??= now;
    const delay = retryDelay(this.#attempt, this.#timers.random());
    this.#attempt += 1;
    this.#listener.changed({ phase: 'lost', since: this.#lostSince, retryAt: now + delay, attempt: this.#attempt });
    this.#cancelRetry = this.#timers.after(delay, () => this.start());
  }

  #watch(): void {
    this.#cancelWatch = this.#timers.after(ACK_MS, () => {
      if (this.#timers.now() - this.#lastHeard >= SILENCE_MS) {
        this.#failed(undefined);
        return;
      }
      this.#feed?.send({ t: 'ack', seq: this.#position.seq });
      this.#watch();
    });
  }
}
