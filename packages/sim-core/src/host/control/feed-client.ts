import type { WebSocket } from 'ws';
import type { FeedCommand, FeedMessage } from '../../wire.ts';
import type { Batch, FeedFrames, Tick } from './feed-frames.ts';

/** How a reader is doing: behind by seconds, by many, or by its own wish. */
export type ReaderMode = 'live' | 'slow' | 'silent' | 'paused';

/** When a client counts as behind; times in milliseconds, sizes in bytes. */
export interface FeedLimits {
  /** Unacknowledged for so long: metrics at a lower rate, no samples. */
  readonly slowAfter: number;
  /** Unacknowledged for so long: only beats, then a new snapshot. */
  readonly silentAfter: number;
  /** More than this waits in our own buffer: as slow as above. */
  readonly slowBuffered: number;
  /** More than this waits in our own buffer: the connection is closed. */
  readonly mostBuffered: number;
}

/** What a reader of the feed is, and where it reports. */
export interface ReaderOptions {
  readonly role: 'control' | 'viewer';
  readonly limits: FeedLimits;
  /** Totals of everything, as a message. */
  totals(): string;
  /** Told when it pauses and when it goes on. */
  onMode(mode: 'paused' | 'resumed'): void;
}

/** Milliseconds between two notes of what was sent when. */
const MARK_EVERY = 200;
/** Close code "try again later". */
const TRY_AGAIN_LATER = 1013;
const POLICY_VIOLATION = 1008;

/**
 * One reader of the feed. What the kernel buffers cannot be seen, so it is the client's acknowledgements that tell how
 * far behind it is (ui.md 4.3).
 */
export class FeedClient {
  readonly #socket: WebSocket;
  readonly #frames: FeedFrames;
  readonly #options: ReaderOptions;
  #mode: ReaderMode = 'live';
  /** What was sent when and is not acknowledged, oldest first. */
  #marks: { seq: number; at: number }[] = [];
  /** Newest frame at the time of the pause. */
  #pausedAt = 0;
  /** Samples that it was not sent since it was sent some. */
  #dropped = 0;

  constructor(socket: WebSocket, frames: FeedFrames, options: ReaderOptions) {
    this.#socket = socket;
    this.#frames = frames;
    this.#options = options;
  }

  get mode(): ReaderMode {
    return this.#mode;
  }

  /** Sends a message of its own to this client. */
  send(message: FeedMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Sends what came after `seq`, or says that it is gone. */
  catchUp(seq: number): void {
    const missed = Number.isInteger(seq) ? this.#frames.after(seq) : undefined;
    if (missed === undefined) this.send({ t: 'gone' });
    else for (const frame of missed) this.#socket.send(frame[this.#options.role]);
  }

  /** Sends the part of a tick that fits this client's state. */
  deliver(tick: Tick, now: number): void {
    if (tick.slow !== undefined) this.#judge(now);
    const own = this.#options.role === 'viewer' ? tick.viewer : tick.live;
    if (this.#mode !== 'live') this.#dropped += own?.sampleCount ?? 0;
    if (this.#mode === 'silent' || this.#mode === 'paused' || this.#socket.readyState !== this.#socket.OPEN) return;
    for (const frame of tick.lossless) this.#socket.send(frame[this.#options.role]);
    const batch = this.#mode === 'slow' ? tick.slow : own;
    if (batch !== undefined) this.#sendBatch(batch);
    if (batch?.metrics !== undefined || tick.lossless.length > 0) this.#mark(now);
    const { mostBuffered } = this.#options.limits;
    if (this.#socket.bufferedAmount > mostBuffered) this.#socket.close(TRY_AGAIN_LATER, 'too far behind');
  }

  /** Sends a sign of life where nothing else is sent. */
  beat(now: number): void {
    if (this.#mode === 'silent' || this.#mode === 'paused') this.send({ t: 'beat', seq: this.#frames.seq, ts: now });
  }

  /** Does what the page asks for; what is no command ends the connection. */
  receive(data: string): void {
    const command = parseCommand(data);
    if (command === undefined) this.#socket.close(POLICY_VIOLATION, 'not a command of this feed');
    else if (command.t === 'ack') this.#acknowledge(command.seq);
    else if (command.t === 'pause') this.#pause();
    else this.#resume();
  }

  #sendBatch({ metrics, samples }: Batch): void {
    if (metrics !== undefined) this.#socket.send(metrics);
    if (samples === undefined) return;
    // The text is everybody's; what this reader missed is its own.
    this.#socket.send(this.#dropped === 0 ? samples : `${samples.slice(0, -1)},"dropped":${this.#dropped}}`);
    this.#dropped = 0;
  }

  #acknowledge(seq: number): void {
    this.#marks = this.#marks.filter((mark) => mark.seq > seq);
    if (this.#mode === 'silent') this.#restart();
  }

  #pause(): void {
    if (this.#mode === 'silent') this.#restart();
    if (this.#mode === 'paused') return;
    this.#pausedAt = this.#frames.seq;
    this.#mode = 'paused';
    this.#marks = [];
    this.#options.onMode('paused');
  }

  #resume(): void {
    if (this.#mode !== 'paused') return;
    this.#mode = 'live';
    this.catchUp(this.#pausedAt);
    this.#socket.send(this.#options.totals());
    this.#options.onMode('resumed');
  }

  /** It reads again, but what it missed is more than it is worth: it starts from a new snapshot. */
  #restart(): void {
    this.#mode = 'live';
    this.#marks = [];
    this.send({ t: 'gone' });
  }

  #judge(now: number): void {
    if (this.#mode === 'paused' || this.#mode === 'silent') return;
    const { slowAfter, silentAfter, slowBuffered } = this.#options.limits;
    const lag = now - (this.#marks[0]?.at ?? now);
    const isSlow = lag > slowAfter || this.#socket.bufferedAmount > slowBuffered;
    this.#mode = lag > silentAfter ? 'silent' : isSlow ? 'slow' : 'live';
  }

  #mark(now: number): void {
    const last = this.#marks.at(-1);
    if (last === undefined || now - last.at >= MARK_EVERY) this.#marks.push({ seq: this.#frames.seq, at: now });
  }
}

function parseCommand(data: string): FeedCommand | undefined {
  try {
    const command = JSON.parse(data) as { t?: unknown; seq?: unknown } | null;
    if (command?.t === 'ack') return typeof command.seq === 'number' ? { t: 'ack', seq: command.seq } : undefined;
    return command?.t === 'pause' || command?.t === 'resume' ? { t: command.t } : undefined;
  } catch {
    return undefined;
  }
}
