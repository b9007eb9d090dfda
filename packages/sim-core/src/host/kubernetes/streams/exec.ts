import { PlainTextError } from '../../../apimachinery/plain-text-error.ts';
import { newInternalError, StatusError } from '../../../apimachinery/status-error.ts';
import type { ExecRequest, ProcessOutput, RemoteProcess } from '../../../kube-apiserver/kubelet-connection.ts';
import { type CommandStreams, RemoteCommand } from './remote-command.ts';
import { connectSpdy, SPDY_COMMAND_PROTOCOLS } from './spdy-command.ts';
import {
  asksForSpdy,
  asksForWebSocket,
  endWhenIdle,
  negotiateSpdy,
  type Refusal,
  refuse,
  refuseWithStatus,
  switchToSpdy,
  type UpgradeRequest,
} from './upgrade.ts';
import { acceptWebSocket } from './web-socket.ts';
import { commandSubprotocol, connectWebSocket } from './web-socket-command.ts';

export interface ExecOptions {
  /** What the client asked for; its streams are what it gets. */
  readonly exec: Pick<ExecRequest, 'stdin' | 'stdout' | 'stderr' | 'tty'>;
  readonly subresource: 'exec' | 'attach';
  /** Told which protocol is spoken, as `WebSocket v5.channel.k8s.io` or `SPDY/3.1 v4.channel.k8s.io`. */
  readonly onStream?: (protocol: string) => void;
  /** Told of an error that is none of the API's. */
  readonly onError?: (error: unknown) => void;
}

/** How the connection goes on, once the process stands. */
interface Way {
  readonly protocol: string;
  readonly go: (command: RemoteCommand) => void;
}

/**
 * Serves `pods/exec` or `pods/attach` on a connection that asks for another protocol: SPDY/3.1 or a WebSocket. The client is
 * authorized and the pod found by now; what `start` throws is answered before the protocol changes.
 */
export function serveExec(
  upgrade: UpgradeRequest,
  start: (output: ProcessOutput) => RemoteProcess,
  options: ExecOptions,
): void {
  const { socket } = upgrade;
  socket.on('error', () => {
    // A client that resets its connection is no error of ours; 'close' follows.
  });
  const streams = commandStreams(options.exec);
  const way = wayOf(upgrade, streams);
  if ('status' in way) return refuse(upgrade, way);
  const command = new RemoteCommand(options.subresource, streams, (error) => options.onError?.(error));
  try {
    command.start(start);
  } catch (error) {
    if (error instanceof PlainTextError) return refuse(upgrade, { status: 500, message: error.message });
    if (!(error instanceof StatusError)) options.onError?.(error);
    return refuseWithStatus(upgrade, error instanceof StatusError ? error : newInternalError((error as Error).message));
  }
  options.onStream?.(way.protocol);
  socket.once('close', () => command.gone());
  way.go(command);
  endWhenIdle(socket);
}

/** With a terminal everything is stdout (cri/streaming/remotecommand/httpstream.go, NewOptions). */
function commandStreams({ stdin, stdout, stderr, tty }: ExecOptions['exec']): CommandStreams {
  return { stdin, stdout, stderr: stderr && !tty, tty };
}

function wayOf(upgrade: UpgradeRequest, streams: CommandStreams): Way | Refusal {
  const { request, socket, head } = upgrade;
  if (!streams.stdin && !streams.stdout && !streams.stderr)
    return { status: 400, message: 'you must specify at least 1 of stdin, stdout, stderr' };
  if (asksForWebSocket(request)) {
    const protocol = commandSubprotocol(request);
    if (protocol === undefined) return { status: 403, message: '' };
    const go = (command: RemoteCommand) =>
      acceptWebSocket(upgrade, protocol, (webSocket) => connectWebSocket(webSocket, protocol, streams, command));
    return { protocol: `WebSocket ${protocol}`.trim(), go };
  }
  if (!asksForSpdy(request)) return { status: 400, message: 'unable to upgrade: missing upgrade headers in request' };
  const protocol = negotiateSpdy(request, SPDY_COMMAND_PROTOCOLS);
  if (typeof protocol !== 'string') return protocol;
  const go = (command: RemoteCommand) => {
    switchToSpdy(socket, protocol);
    connectSpdy(socket, head, protocol, streams, command);
  };
  return { protocol: `SPDY/3.1 ${protocol}`, go };
}
