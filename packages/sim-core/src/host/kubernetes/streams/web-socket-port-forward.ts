import { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Channels } from './channels.ts';
import { forwardPort, type PortForwardOptions } from './forwarded-port.ts';

/** How long the WebSocket waits for the reader of one port before that port is given up, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Forwards ports for a client that has two channels for each, one for bytes and one for what goes wrong. Both begin with the
 * number of the port, two bytes, the low one first. Each port is connected once; when all are over, so is the WebSocket
 * (cri/streaming/portforward/websocket.go).
 */
export function forwardOverChannels(
  webSocket: WebSocket,
  protocol: string,
  ports: readonly number[],
  options: PortForwardOptions,
): void {
  const channels = new Channels(webSocket, protocol);
  const connections = ports.map((_port, i) => new DataChannel(webSocket, channels, 2 * i));
  channels.onMessage(({ channel, data }) => {
    if (channel % 2 === 0) connections[channel / 2]?.receive(data);
  });
  webSocket.on('close', () => {
    for (const connection of connections) connection.destroy();
  });
  ports.forEach((port, i) => {
    for (const channel of [2 * i, 2 * i + 1]) channels.send(channel, Buffer.from([port & 0xff, port >> 8]));
  });
  let open = ports.length;
  ports.forEach((port, i) => {
    forwardPort(connections[i] as DataChannel, port, options, (error) => {
      if (webSocket.readyState !== webSocket.OPEN) return;
      if (error !== undefined) channels.send(2 * i + 1, Buffer.from(error));
      if (--open === 0) channels.close();
    });
  });
}

/** The bytes of one port. */
class DataChannel extends Duplex {
  readonly #webSocket: WebSocket;
  readonly #channels: Channels;
  readonly #channel: number;
  #patience: NodeJS.Timeout | undefined;

  constructor(webSocket: WebSocket, channels: Channels, channel: number) {
    super();
    this.#webSocket = webSocket;
    this.#channels = channels;
    this.#channel = channel;
    this.on('error', () => {
      // Without a listener node would throw; 'close' follows.
    });
  }

  /** Takes what the client sent; one whose reader is behind holds up the others. */
  receive(data: Buffer): void {
    if (this.destroyed || data.length === 0 || this.push(data)) return;
    this.#webSocket.pause();
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.destroy(), PATIENCE).unref();
  }

  destroySoon(): void {
    this.once('finish', () => this.destroy());
    if (this.writableFinished) this.destroy();
    else this.end();
  }

  override _read(): void {
    clearTimeout(this.#patience);
    this.#webSocket.resume();
  }

  override _write(chunk: Uint8Array, _encoding: string, sent: (error?: Error | null) => void): void {
    this.#channels.send(this.#channel, chunk, sent);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this._read();
    done(error);
  }
}
