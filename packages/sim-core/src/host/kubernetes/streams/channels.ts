import type { WebSocket } from 'ws';

const ZERO = 0x30;
const NORMAL = 1000;
/** A message that is so long grows no more, bytes. */
const LONGEST_MESSAGE = 32 * 1024;

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

/** A message that waits for the ones before it. */
interface Waiting {
  readonly channel: number;
  readonly pieces: Uint8Array[];
  length: number;
  readonly sent: (error?: Error) => void;
  /** Whether later output of the channel may come into it. */
  readonly grows: boolean;
}

/**
 * Channels of a WebSocket: a message begins with its channel's number, as a byte, or in the base64 protocols as a digit
 * (httpstream/wsstream/conn.go). One message goes out after the other, each in a TLS record of its own as Go sends them: the
 * Python client waits for its socket and does not see what stands behind a message in the same record.
 */
export class Channels {
  readonly #webSocket: WebSocket;
  readonly #isBase64: boolean;
  readonly #waiting: (Waiting | undefined)[] = [];
  #next = 0;
  #waitingBytes = 0;
  #isSending = false;
  #isClosing = false;

  constructor(webSocket: WebSocket, protocol: string) {
    this.#webSocket = webSocket;
    this.#isBase64 = protocol.includes('base64');
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    return this.#waitingBytes + this.#webSocket.bufferedAmount;
  }

  /** Sends a message. @param sent called once it is on its way */
  send(channel: number, data: Uint8Array, sent: (error?: Error) => void = () => {}): void {
    this.#add({ channel, pieces: [data], length: data.length, sent, grows: false });
  }

  /** Sends bytes of a stream, in one message with those of the same channel that wait still. */
  write(channel: number, data: Uint8Array): void {
    const last = this.#waiting.at(-1);
    if (last?.grows !== true || last.channel !== channel || last.length >= LONGEST_MESSAGE)
      return this.#add({ channel, pieces: [data], length: data.length, sent: () => {}, grows: true });
    last.pieces.push(data);
    last.length += data.length;
    this.#waitingBytes += data.length;
  }

  /** Closes once everything is said. */
  close(): void {
    this.#isClosing = true;
    this.#sendNext();
  }

  onMessage(receive: (message: ChannelMessage) => void): void {
    this.#webSocket.on('message', (data: Buffer) => {
      const message = readMessage(data, this.#isBase64);
      if (message !== undefined) receive(message);
    });
  }

  #add(message: Waiting): void {
    this.#waiting.push(message);
    this.#waitingBytes += message.length;
    this.#sendNext();
  }

  #sendNext(): void {
    if (this.#isSending) return;
    const message = this.#waiting[this.#next];
    if (message === undefined) {
      this.#waiting.length = 0;
      this.#next = 0;
      if (this.#isClosing) this.#webSocket.close(NORMAL);
      return;
    }
    this.#waiting[this.#next++] = undefined;
    this.#waitingBytes -= message.length;
    this.#isSending = true;
    this.#webSocket.send(this.#encode(message), { binary: !this.#isBase64 }, (error) => {
      this.#isSending = false;
      message.sent(error ?? undefined);
      this.#sendNext();
    });
  }

  #encode({ channel, pieces }: Waiting): Buffer | string {
    if (!this.#isBase64) return Buffer.concat([Buffer.from([channel]), ...pieces]);
    return `${channel}${Buffer.concat(pieces).toString('base64')}`;
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
