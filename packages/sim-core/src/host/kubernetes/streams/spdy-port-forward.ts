import type { Duplex } from 'node:stream';
import { forwardPort, type PortForwardOptions } from './forwarded-port.ts';
import { parsePort } from './parse-port.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { SpdyStream } from './spdy/stream.ts';
import { STREAM_CREATION_TIMEOUT } from './spdy-command.ts';

/**
 * Forwards ports for a client that opens two streams for each connection, one for its bytes and one for what goes wrong
 * (cri/streaming/portforward/httpstream.go).
 */
export function forwardOverSpdy(socket: Duplex, head: Buffer, options: PortForwardOptions): void {
  const pairs = new StreamPairs(options);
  new SpdyConnection(socket, head, { onStream: (stream) => pairs.add(stream), onClose: () => pairs.clear() });
}

/** The streams of one forwarded connection, of which one may still be missing. */
interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
  readonly expired: NodeJS.Timeout;
}

/** Streams that wait for their other half. */
class StreamPairs {
  readonly #options: PortForwardOptions;
  readonly #pairs = new Map<string, Pair>();

  constructor(options: PortForwardOptions) {
    this.#options = options;
  }

  /** @returns whether the stream is one that is known */
  add(stream: SpdyStream): boolean {
    const port = parsePort(stream.headers.get('port') ?? '');
    const type = stream.headers.get('streamtype');
    if (typeof port === 'string' || (type !== 'data' && type !== 'error')) return false;
    const id = requestId(stream, type);
    const pair = this.#pairs.get(id) ?? this.#begin(id);
    if (pair[type] !== undefined) {
      pair.error?.end(`error processing stream for request ${id}: ${type} stream already assigned`);
      return false;
    }
    pair[type] = stream;
    if (type === 'error') stream.resume();
    this.#forward(id, pair, port);
    return true;
  }

  clear(): void {
    for (const [id, pair] of this.#pairs) this.#forget(id, pair);
  }

  #begin(id: string): Pair {
    const pair: Pair = { expired: setTimeout(() => this.#expire(id, pair), STREAM_CREATION_TIMEOUT) };
    this.#pairs.set(id, pair);
    return pair;
  }

  /** Once the reply to the second stream is out. */
  #forward(id: string, pair: Pair, port: number): void {
    const { data, error } = pair;
    if (data === undefined || error === undefined) return;
    this.#forget(id, pair);
    setImmediate(() => {
      if (!data.destroyed) forwardPort(data, port, this.#options, (text) => error.end(text));
    });
  }

  #expire(id: string, pair: Pair): void {
    this.#forget(id, pair);
    pair.error?.end(`(request=${id}) timed out waiting for streams`);
    pair.data?.destroy();
  }

  #forget(id: string, pair: Pair): void {
    clearTimeout(pair.expired);
    this.#pairs.delete(id);
  }
}

/** What belongs together: old clients do not say, but open the stream for errors first and the other one next. */
function requestId(stream: SpdyStream, type: 'data' | 'error'): string {
  return stream.headers.get('requestid') || String(type === 'error' ? stream.id : stream.id - 2);
}
