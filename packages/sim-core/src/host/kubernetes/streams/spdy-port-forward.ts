import type { Duplex } from 'node:stream';
import { forwardPort, type PortForwardOptions } from './forwarded-port.ts';
import { parsePort } from './parse-port.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { SpdyStream } from './spdy/stream.ts';
import { STREAM_CREATION_TIMEOUT } from './spdy-command.ts';

/** The streams of one forwarded connection, of which one may still be missing. */
interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
  readonly expired: NodeJS.Timeout;
}

/**
 * Forwards ports for a client that opens two streams for each connection, one for its bytes and one for what goes wrong
 * (cri/streaming/portforward/httpstream.go).
 */
export function forwardOverSpdy(socket: Duplex, head: Buffer, options: PortForwardOptions): void {
  const pairs = new Map<string, Pair>();
  const onStream = (stream: SpdyStream) => {
    const port = parsePort(stream.headers.get('port') ?? '');
    const type = stream.headers.get('streamtype');
    if (typeof port === 'string' || (type !== 'data' && type !== 'error')) return false;
    const id = requestId(stream, type);
    const pair = pairs.get(id) ?? newPair(id);
    if (pair[type] !== undefined) {
      pair.error?.end(`error processing stream for request ${id}: ${type} stream already assigned`);
      return false;
    }
    pair[type] = stream;
    if (type === 'error') stream.resume();
    if (pair.data === undefined || pair.error === undefined) return true;
    forget(id, pair);
    setImmediate(forward, pair.data, pair.error, port, options);
    return true;
  };
  const newPair = (id: string) => {
    const pair: Pair = { expired: setTimeout(() => expire(id, pair), STREAM_CREATION_TIMEOUT) };
    pairs.set(id, pair);
    return pair;
  };
  const forget = (id: string, pair: Pair) => {
    clearTimeout(pair.expired);
    pairs.delete(id);
  };
  const expire = (id: string, pair: Pair) => {
    forget(id, pair);
    pair.error?.end(`(request=${id}) timed out waiting for streams`);
    pair.data?.destroy();
  };
  const onClose = () => {
    for (const [id, pair] of pairs) forget(id, pair);
  };
  new SpdyConnection(socket, head, { onStream, onClose });
}

/** What belongs together: old clients do not say, but open the stream for errors first and the other one next. */
function requestId(stream: SpdyStream, type: 'data' | 'error'): string {
  return stream.headers.get('requestid') || String(type === 'error' ? stream.id : stream.id - 2);
}

function forward(data: SpdyStream, error: SpdyStream, port: number, options: PortForwardOptions): void {
  if (!data.destroyed) forwardPort(data, port, options, (text) => error.end(text));
}
