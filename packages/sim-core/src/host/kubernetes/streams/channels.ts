import type { WebSocket } from 'ws';

const ZERO = 0x30;

/** Protocols by which channels share a WebSocket; '' is what a client gets that asks for none. */
export const CHANNEL_PROTOCOLS: readonly string[] = Object.freeze([
  '',
  'channel.k8s.io',
  'base64.channel.k8s.io',
  'v4.channel.k8s.io',
  'v4.base64.channel.k8s.io',
]);

/** A message of one channel, or undefined for what is none. */
export interface ChannelMessage {
  readonly channel: number;
  readonly data: Buffer;
}

/**
 * Channels of a WebSocket: a message begins with its channel's number, as a byte, or in the base64 protocols as a digit
 * (httpstream/wsstream/conn.go).
 */
export class Channels {
  readonly #webSocket: WebSocket;
  readonly #isBase64: boolean;

  constructor(webSocket: WebSocket, protocol: string) {
    this.#webSocket = webSocket;
    this.#isBase64 = protocol.includes('base64');
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    return this.#webSocket.bufferedAmount;
  }

  /** @param sent called once it is on its way */
  send(channel: number, data: Uint8Array, sent?: (error?: Error) => void): void {
    const text = this.#isBase64 ? `${channel}${Buffer.from(data).toString('base64')}` : undefined;
    this.#webSocket.send(text ?? Buffer.concat([Buffer.from([channel]), data]), { binary: text === undefined }, sent);
  }

  onMessage(receive: (message: ChannelMessage) => void): void {
    this.#webSocket.on('message', (data: Buffer) => {
      const message = readMessage(data, this.#isBase64);
      if (message !== undefined) receive(message);
    });
  }
}

/** Takes a message apart; undefined for an empty one and for base64 that is none: they are left out. */
export function readMessage(message: Buffer, isBase64: boolean): ChannelMessage | undefined {
  const first = message[0];
  if (first === undefined) return undefined;
  const data = message.subarray(1);
  if (!isBase64) return { channel: first, data };
  const decoded = Buffer.from(data.toString('latin1'), 'base64');
  const isExact = decoded.toString('base64') === data.toString('latin1');
  return isExact && first >= ZERO ? { channel: first - ZERO, data: decoded } : undefined;
}
