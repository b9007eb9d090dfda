import type { Duplex } from 'node:stream';
import { type CommandEnd, commandStatus, statusJson } from '../../../apimachinery/command-status.ts';
import type { CommandClient, CommandStreams, RemoteCommand } from './remote-command.ts';
import { resizeReader } from './resize.ts';
import { SpdyConnection } from './spdy/connection.ts';
import type { SpdyStream } from './spdy/stream.ts';

/** Protocols of a command over SPDY, as the kubelet names them (apimachinery/pkg/util/remotecommand/constants.go). */
export const SPDY_COMMAND_PROTOCOLS: readonly string[] = Object.freeze([
  'v4.channel.k8s.io',
  'v3.channel.k8s.io',
  'v2.channel.k8s.io',
  'channel.k8s.io',
]);
const RESIZABLE: readonly string[] = Object.freeze(['v4.channel.k8s.io', 'v3.channel.k8s.io']);

/** How long a client may take to open its streams, in milliseconds (DefaultStreamCreationTimeout of the kubelet). */
export const STREAM_CREATION_TIMEOUT = 30_000;
/** How long a client may take to close after the end, in milliseconds: a client that is closed on may lose what it has not read. */
const CLOSE_TIMEOUT = 5_000;

/** Connects a command with its client once the client has opened a stream for the errors and one for each that it asked for. */
export function connectSpdy(
  socket: Duplex,
  head: Buffer,
  protocol: string,
  asked: CommandStreams,
  command: RemoteCommand,
): void {
  const streams = new Map<string, SpdyStream>();
  const expected = expectedStreams(protocol, asked);
  const expired = setTimeout(() => connection.destroy(), STREAM_CREATION_TIMEOUT);
  const onStream = (stream: SpdyStream) => {
    const type = stream.headers.get('streamtype') ?? '';
    listen(type, stream, command);
    if (!expected.has(type) || streams.has(type)) return true;
    streams.set(type, stream);
    if (streams.size < expected.size) return true;
    clearTimeout(expired);
    setImmediate(() => command.connect(new SpdyCommandClient(connection, streams, protocol)));
    return true;
  };
  const onClose = () => {
    clearTimeout(expired);
    command.gone();
  };
  const connection = new SpdyConnection(socket, head, { onStream, onClose });
}

function expectedStreams(protocol: string, { stdin, stdout, stderr, tty }: CommandStreams): Set<string> {
  const resize = tty && RESIZABLE.includes(protocol);
  const wanted = Object.entries({ error: true, stdin, stdout, stderr, resize });
  return new Set(wanted.filter(([, isWanted]) => isWanted).map(([type]) => type));
}

/** What comes on other streams is read and left. */
function listen(type: string, stream: SpdyStream, command: RemoteCommand): void {
  if (type === 'stdin') {
    stream.on('data', (chunk: Uint8Array) => command.stdin(chunk));
    stream.on('end', () => command.endStdin());
  } else if (type === 'resize') {
    stream.on(
      'data',
      resizeReader((columns, rows) => command.resize(columns, rows)),
    );
  } else stream.resume();
}

class SpdyCommandClient implements CommandClient {
  readonly #connection: SpdyConnection;
  readonly #streams: ReadonlyMap<string, SpdyStream>;
  readonly #protocol: string;

  constructor(connection: SpdyConnection, streams: ReadonlyMap<string, SpdyStream>, protocol: string) {
    this.#connection = connection;
    this.#streams = streams;
    this.#protocol = protocol;
  }

  get buffered(): number {
    return this.#connection.buffered;
  }

  send(stream: 'stdout' | 'stderr', chunk: Uint8Array): void {
    this.#streams.get(stream)?.write(chunk);
  }

  finish(end: CommandEnd): void {
    const status = commandStatus(end);
    const text = this.#protocol === 'v4.channel.k8s.io' ? statusJson(status) : (status.message ?? '');
    const { error, ...rest } = Object.fromEntries(this.#streams);
    let open = 0;
    const ended = () => {
      if (--open === 0) error?.end(text, () => this.#close());
    };
    for (const stream of Object.values(rest)) {
      open++;
      stream.end(ended);
    }
    if (open === 0) error?.end(text, () => this.#close());
  }

  destroy(): void {
    this.#connection.destroy();
  }

  #close(): void {
    setTimeout(() => this.#connection.end(), CLOSE_TIMEOUT).unref();
  }
}
