import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { type CommandEnd, commandStatus, statusJson, translatedStatus } from '../../../apimachinery/command-status.ts';
import { CHANNEL_PROTOCOLS, Channels } from './channels.ts';
import type { CommandClient, CommandStreams, RemoteCommand } from './remote-command.ts';
import { resizeReader } from './resize.ts';
import { negotiate } from './upgrade.ts';
import { subprotocols } from './web-socket.ts';

const V5 = 'v5.channel.k8s.io';
const CHANNEL = Object.freeze({ stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255 });

/**
 * The subprotocol of a command over a WebSocket: a client that knows v5 is served by the API server's translator, which
 * speaks nothing else; the others' are the kubelet's (httpstream/wsstream/conn.go, remotecommand/websocket.go).
 */
export function commandSubprotocol(request: IncomingMessage): string | undefined {
  const asked = subprotocols(request);
  if (asked.includes(V5)) return V5;
  return negotiate(asked.length === 0 ? [''] : asked, CHANNEL_PROTOCOLS);
}

/** Connects a command with its client. An empty message on the first channel that is written tells that it stands. */
export function connectWebSocket(
  webSocket: WebSocket,
  protocol: string,
  streams: CommandStreams,
  command: RemoteCommand,
): void {
  const channels = new Channels(webSocket, protocol);
  const resize = resizeReader((columns, rows) => command.resize(columns, rows));
  channels.onMessage(({ channel, data }) => {
    if (channel === CHANNEL.stdin && data.length > 0) command.stdin(data);
    else if (channel === CHANNEL.resize) resize(data);
    else if (channel === CHANNEL.close && protocol === V5 && data[0] === CHANNEL.stdin) command.endStdin();
  });
  webSocket.on('close', () => command.gone());
  const first = streams.stdout ? CHANNEL.stdout : streams.stderr ? CHANNEL.stderr : CHANNEL.error;
  channels.send(first, new Uint8Array(0));
  command.connect(new WebSocketCommandClient(webSocket, channels, protocol));
}

class WebSocketCommandClient implements CommandClient {
  readonly #webSocket: WebSocket;
  readonly #channels: Channels;
  readonly #protocol: string;

  constructor(webSocket: WebSocket, channels: Channels, protocol: string) {
    this.#webSocket = webSocket;
    this.#channels = channels;
    this.#protocol = protocol;
  }

  get buffered(): number {
    return this.#channels.buffered;
  }

  send(stream: 'stdout' | 'stderr', chunk: Uint8Array): void {
    this.#channels.write(CHANNEL[stream], chunk);
  }

  finish(end: CommandEnd): void {
    const text = this.#describe(end);
    if (text !== '') this.#channels.send(CHANNEL.error, Buffer.from(text));
    this.#channels.close();
  }

  destroy(): void {
    this.#webSocket.terminate();
  }

  /** Before v4 only failures are told, as text. */
  #describe(end: CommandEnd): string {
    const status = commandStatus(end);
    if (this.#protocol === V5) return statusJson(translatedStatus(status));
    if (this.#protocol.startsWith('v4.')) return statusJson(status);
    return status.message ?? '';
  }
}
