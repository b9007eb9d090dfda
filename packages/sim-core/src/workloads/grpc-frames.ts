import type { HttpRequest } from './workload.ts';

/** Length of what stands before each message: whether it is compressed, and its length (gRPC over HTTP/2, Length-Prefixed-Message). */
const PREFIX = 5;
/** Longest message that is taken, as grpc-go has it. */
const LONGEST_MESSAGE = 4 * 1024 ** 2;

/** A message with its prefix. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(PREFIX + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, PREFIX);
  return framed;
}

/** What comes of a stream of messages. */
export interface MessageReader {
  /** Whoever cannot take more for a while returns a promise. */
  message(message: Uint8Array): undefined | Promise<void>;
  end(): void;
  /** Something that is no message, or the other side broke off. */
  broken(why: string): void;
}

/** Reads the messages of a request, at once where it is here already. */
export function readMessages({ body, text }: HttpRequest, reader: MessageReader): void {
  const splitter = new Splitter();
  if (text === undefined && body !== undefined) {
    void pump(body.getReader(), splitter, reader);
    return;
  }
  splitter.push(new TextEncoder().encode(text ?? ''));
  for (let next = splitter.next(); next !== undefined; next = splitter.next()) {
    if (typeof next === 'string') return reader.broken(next);
    void reader.message(next);
  }
  reader.end();
}

async function pump(
  source: ReadableStreamDefaultReader<Uint8Array>,
  splitter: Splitter,
  reader: MessageReader,
): Promise<void> {
  try {
    for (let piece = await source.read(); !piece.done; piece = await source.read()) {
      splitter.push(piece.value);
      for (let next = splitter.next(); next !== undefined; next = splitter.next()) {
        if (typeof next === 'string') return reader.broken(next);
        await reader.message(next);
      }
    }
    reader.end();
  } catch {
    reader.broken('the client broke off');
  }
}

/** Takes messages out of bytes that come in pieces. */
class Splitter {
  #bytes: Uint8Array = new Uint8Array();

  push(piece: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + piece.length);
    joined.set(this.#bytes);
    joined.set(piece, this.#bytes.length);
    this.#bytes = joined;
  }

  /** The next message; undefined while it is not whole, words for what is none. */
  next(): Uint8Array | string | undefined {
    if (this.#bytes.length < PREFIX) return undefined;
    if (this.#bytes[0] !== 0) return 'grpc: compressed flag set with identity or empty encoding';
    const length = new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getUint32(1);
    if (length > LONGEST_MESSAGE) return `grpc: received message larger than max (${length} vs. ${LONGEST_MESSAGE})`;
    if (this.#bytes.length < PREFIX + length) return undefined;
    const message = this.#bytes.slice(PREFIX, PREFIX + length);
    this.#bytes = this.#bytes.subarray(PREFIX + length);
    return message;
  }
}
