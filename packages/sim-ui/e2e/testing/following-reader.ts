import type { FeedCommand, FeedMessage, Snapshot } from '@k8s-ingress-sandbox/sim-core/wire';
import { openFeedSocket } from '../../../sim-core/src/host/control/testing/feed-socket.ts';
import { FeedConnection } from '../../src/feed/connection.ts';
import { browserTimers } from '../../src/feed/timers.ts';
import { applyMessage, type ClusterState, fromSnapshot } from '../../src/state/cluster-state.ts';
import type { FeedListener, FeedPosition, Transport } from '../../src/transport/transport.ts';

/** Where a reader reads. */
export interface ReadFrom {
  readonly control: string;
  readonly token: string;
}

/** A page without a browser: the page's own connection and state over the real feed. Its socket can stop to read. */
export class FollowingReader {
  readonly #from: ReadFrom;
  readonly #onState: (state: ClusterState) => void;
  readonly #connection: FeedConnection;
  #socket: ReturnType<typeof openFeedSocket> | undefined;
  state: ClusterState | undefined;
  /** Messages so far, by kind. */
  readonly heard = new Map<FeedMessage['t'], number>();
  snapshots = 0;
  /** When it first knew of each revision that it has reached, by `performance.now()`. */
  readonly reachedAt = new Map<number, number>();

  /** @param onState called with every state, in order, none left out */
  constructor(from: ReadFrom, onState: (state: ClusterState) => void = () => {}) {
    this.#from = from;
    this.#onState = onState;
    const only = { snapshot: () => this.#snapshot(), feed: this.#feed.bind(this) };
    this.#connection = new FeedConnection(only as unknown as Transport, browserTimers(), {
      changed: () => {},
      snapshot: (snapshot) => this.#become(fromSnapshot(snapshot, this.state)),
      message: (message) => this.#hear(message),
    });
    this.#connection.start();
  }

  /** Stops to read what the server sends; the acknowledgements stop with it, as in a computer that stands still. */
  standStill(): void {
    this.#socket?.pause();
  }

  readAgain(): void {
    this.#socket?.resume();
  }

  stop(): void {
    this.#connection.stop();
    this.#socket?.terminate();
  }

  async #snapshot(): Promise<Snapshot> {
    this.snapshots += 1;
    const headers = { authorization: `Bearer ${this.#from.token}` };
    return (await (await fetch(`${this.#from.control}/api/v1/snapshot`, { headers })).json()) as Snapshot;
  }

  #feed(position: FeedPosition, listener: FeedListener) {
    const socket = openFeedSocket(this.#from.control, this.#from.token, position);
    this.#socket = socket;
    socket.on('open', () => listener.opened());
    socket.on('message', (data) => listener.message(JSON.parse(String(data)) as FeedMessage));
    socket.on('error', () => {});
    socket.on('close', () => listener.closed());
    return {
      send: (command: FeedCommand) => {
        if (socket.readyState === socket.OPEN && !socket.isPaused) socket.send(JSON.stringify(command));
      },
      close: () => socket.close(),
    };
  }

  #hear(message: FeedMessage): string | undefined {
    this.heard.set(message.t, (this.heard.get(message.t) ?? 0) + 1);
    if (this.state === undefined) return 'no snapshot yet';
    const step = applyMessage(this.state, message);
    if ('resync' in step) return step.resync;
    this.#become(step.state);
    return undefined;
  }

  #become(state: ClusterState): void {
    this.state = state;
    this.#onState(state);
    if (!this.reachedAt.has(state.rev)) this.reachedAt.set(state.rev, performance.now());
  }
}
