import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ControlView } from './engine.ts';
import { FeedClient, type FeedLimits, type ReaderMode } from './feed-client.ts';
import { FeedFrames } from './feed-frames.ts';

/** How the feed gets its time; the real one by default, tests bring their own. */
export interface FeedTimer {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Calls `run` again and again; returns how to stop. */
  every(milliseconds: number, run: () => void): () => void;
}

export interface FeedOptions {
  readonly view: ControlView;
  readonly timer?: FeedTimer;
  readonly limits?: Partial<FeedLimits>;
  /** Told when readers come and go, pause and go on. */
  readonly onReader?: (reader: ReaderNews) => void;
}

/** Who reads. */
export interface ReaderOrder {
  readonly role: 'control' | 'viewer';
  /** Most readers at a time of one address; no limit without it. */
  readonly mostPerAddress?: number;
}

/** What happened to a reader. */
export interface ReaderNews {
  readonly what: 'joined' | 'left' | 'paused' | 'resumed';
  readonly role: 'control' | 'viewer';
  /** Counts from 1. */
  readonly reader: number;
  /** How many read now. */
  readonly readers: number;
}

/** Ticks a second. */
const HZ = 10;
/** Messages a second for viewers. */
const VIEWER_HZ = 4;
/** Every so many ticks slow clients get metrics: 2 Hz. */
const SLOW_TICKS = 5;
/** Every so many ticks everybody hears something. */
const BEAT_TICKS = 10;
/** Longest message that is read from a client, bytes. */
const LONGEST_MESSAGE = 64 * 1024;
/** Most readers at a time. */
const MOST_CLIENTS = 64;
const LIMITS: FeedLimits = Object.freeze({
  slowAfter: 2_000,
  silentAfter: 10_000,
  slowBuffered: 256 * 1024,
  mostBuffered: 1024 * 1024,
});
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

const REAL_TIMER: FeedTimer = Object.freeze({
  now: () => performance.now(),
  every(milliseconds: number, run: () => void) {
    const timer = setInterval(run, milliseconds);
    return () => clearInterval(timer);
  },
});

/** The feed of a view: list + watch as in Kubernetes itself (ui.md 4.1 to 4.3). Nothing ticks while nobody listens. */
export class Feed {
  readonly #view: ControlView;
  readonly #timer: FeedTimer;
  readonly #limits: FeedLimits;
  readonly #frames = new FeedFrames();
  readonly #clients = new Map<WebSocket, FeedClient>();
  readonly #server = new WebSocketServer({ noServer: true, maxPayload: LONGEST_MESSAGE, perMessageDeflate: false });
  readonly #onReader: NonNullable<FeedOptions['onReader']>;
  readonly #addresses = new Map<WebSocket, string>();
  #stop: (() => void) | undefined;
  #ticks = 0;
  #joined = 0;

  constructor({ view, timer = REAL_TIMER, limits = {}, onReader = () => {} }: FeedOptions) {
    this.#view = view;
    this.#timer = timer;
    this.#limits = { ...LIMITS, ...limits };
    this.#onReader = onReader;
  }

  /** Number of the newest frame. */
  get seq(): number {
    return this.#frames.seq;
  }

  /** How its readers are doing. */
  modes(): ReaderMode[] {
    return [...this.#clients.values()].map(({ mode }) => mode);
  }

  /** Takes over a connection that asked for the feed and may have it. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, order: ReaderOrder = { role: 'control' }): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#join(webSocket, request, order));
  }

  /** Ends all connections. */
  close(): void {
    this.#stopTicking();
    for (const socket of this.#clients.keys()) socket.close(GOING_AWAY, 'the sandbox stops');
    this.#server.close();
  }

  #join(socket: WebSocket, request: IncomingMessage, order: ReaderOrder): void {
    const full = this.#whyFull(request, order);
    if (full !== '') return socket.close(TRY_AGAIN_LATER, full);
    const query = new URL(request.url ?? '', 'http://feed').searchParams;
    const seq = query.get('seq');
    const returns = seq !== null && query.get('epoch') === this.#view.epoch;
    if (this.#clients.size === 0 && !returns) this.#skipToNow();
    const client = this.#add(socket, request, order);
    client.send({
      t: 'hello',
      proto: 1,
      epoch: this.#view.epoch,
      seq: this.#frames.seq,
      role: order.role,
      hz: order.role === 'viewer' ? VIEWER_HZ : HZ,
      now: this.#view.now,
    });
    if (returns) client.catchUp(Number(seq));
    else if ((query.get('epoch') || this.#view.epoch) !== this.#view.epoch) client.send({ t: 'gone' });
    this.#stop ??= this.#timer.every(1000 / HZ, () => this.#tick());
  }

  /** Why nobody more can read; '' when somebody can. */
  #whyFull({ socket }: IncomingMessage, { mostPerAddress = Number.POSITIVE_INFINITY }: ReaderOrder): string {
    if (this.#clients.size >= MOST_CLIENTS) return 'too many readers';
    const same = [...this.#addresses.values()].filter((address) => address === socket.remoteAddress);
    return same.length >= mostPerAddress ? `more than ${mostPerAddress} readers of one address` : '';
  }

  #add(socket: WebSocket, request: IncomingMessage, { role }: ReaderOrder): FeedClient {
    const reader = ++this.#joined;
    const tell = (what: ReaderNews['what']) => this.#onReader({ what, role, reader, readers: this.#clients.size });
    const client = new FeedClient(socket, this.#frames, {
      role,
      limits: this.#limits,
      totals: () => this.#frames.totals(this.#view),
      onMode: tell,
    });
    this.#clients.set(socket, client);
    this.#addresses.set(socket, request.socket.remoteAddress ?? '');
    socket.on('message', (data, isBinary) => client.receive(isBinary ? '' : data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#leave(socket);
      tell('left');
    });
    tell('joined');
    return client;
  }

  #leave(socket: WebSocket): void {
    this.#clients.delete(socket);
    this.#addresses.delete(socket);
    if (this.#clients.size === 0) this.#stopTicking();
  }

  #stopTicking(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** What happened while nobody listened is in everybody's snapshot. */
  #skipToNow(): void {
    this.#view.takeDelta();
    this.#frames.forgetAll();
  }

  #tick(): void {
    const now = this.#timer.now();
    const number = ++this.#ticks;
    const isDue = number % BEAT_TICKS === 0;
    const tick = this.#frames.build(this.#view.takeDelta(), {
      isSlow: number % SLOW_TICKS === 0,
      // Four of ten ticks, as evenly as can be.
      isViewer: (number * VIEWER_HZ) % HZ < VIEWER_HZ,
      isDue,
    });
    for (const client of this.#clients.values()) {
      client.deliver(tick, now);
      if (isDue) client.beat(this.#view.now);
    }
  }
}
