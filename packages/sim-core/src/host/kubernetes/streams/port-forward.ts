import { createWebSocketStream } from 'ws';
import { CHANNEL_PROTOCOLS } from './channels.ts';
import type { PortForwardOptions } from './forwarded-port.ts';
import { parsePort } from './parse-port.ts';
import { forwardOverSpdy } from './spdy-port-forward.ts';
import {
  asksForSpdy,
  asksForWebSocket,
  endWhenIdle,
  negotiate,
  negotiateSpdy,
  type Refusal,
  refuse,
  switchToSpdy,
  type UpgradeRequest,
} from './upgrade.ts';
import { acceptWebSocket, subprotocols } from './web-socket.ts';
import { forwardOverChannels } from './web-socket-port-forward.ts';

/** The protocol of port-forward over SPDY (apimachinery/pkg/util/portforward/constants.go). */
const PROTOCOL = 'portforward.k8s.io';
/** What stands before it when the SPDY frames travel in messages of a WebSocket. */
const TUNNELLED = 'SPDY/3.1+';
/** Channel protocols of the kubelet that carry ports (cri/streaming/portforward/websocket.go). */
const PORT_PROTOCOLS = CHANNEL_PROTOCOLS.filter((protocol) => protocol === '' || protocol.startsWith('v4.'));

/** The number of a channel is one byte, and 255 stands for none. */
const MOST_PORTS = 127;

/** How the connection goes on. */
interface Way {
  readonly protocol: string;
  readonly go: () => void;
}

/**
 * Serves `pods/portforward` on a connection that asks for another protocol: SPDY/3.1, the same tunnelled in a WebSocket, or
 * channels of a WebSocket. The client is authorized and the pod found by now.
 */
export function servePortForward(upgrade: UpgradeRequest, options: PortForwardOptions): void {
  upgrade.socket.on('error', () => {
    // A client that resets its connection is no error of ours; 'close' follows.
  });
  const way = asksForWebSocket(upgrade.request) ? webSocketWay(upgrade, options) : spdyWay(upgrade, options);
  if ('status' in way) return refuse(upgrade, way);
  options.onStream?.(way.protocol);
  way.go();
  endWhenIdle(upgrade.socket);
}

function spdyWay({ request, socket, head }: UpgradeRequest, options: PortForwardOptions): Way | Refusal {
  if (!asksForSpdy(request)) return { status: 400, message: 'unable to upgrade: missing upgrade headers in request' };
  const protocol = negotiateSpdy(request, [PROTOCOL]);
  if (typeof protocol !== 'string') return protocol;
  const go = () => {
    switchToSpdy(socket, protocol);
    forwardOverSpdy(socket, head, options);
  };
  return { protocol: `SPDY/3.1 ${protocol}`, go };
}

function webSocketWay(upgrade: UpgradeRequest, options: PortForwardOptions): Way | Refusal {
  const asked = subprotocols(upgrade.request);
  if (asked.some((protocol) => protocol.startsWith(TUNNELLED))) return tunnelWay(upgrade, asked, options);
  const ports = portsOf(upgrade.request.url ?? '');
  if ('status' in ports) return ports;
  const protocol = negotiate(asked.length === 0 ? [''] : asked, PORT_PROTOCOLS);
  if (protocol === undefined) return { status: 403, message: '' };
  const go = () =>
    acceptWebSocket(upgrade, protocol, (webSocket) => forwardOverChannels(webSocket, protocol, ports, options));
  return { protocol: `WebSocket ${protocol}`.trim(), go };
}

/** SPDY frames as binary messages (apiserver/pkg/util/proxy/streamtunnel.go). */
function tunnelWay(upgrade: UpgradeRequest, asked: readonly string[], options: PortForwardOptions): Way | Refusal {
  const protocol = TUNNELLED + PROTOCOL;
  if (!asked.includes(protocol))
    return { status: 400, message: 'unable to upgrade: no tunneling spdy protocols provided' };
  const go = () =>
    acceptWebSocket(upgrade, protocol, (webSocket) => {
      forwardOverSpdy(createWebSocketStream(webSocket), Buffer.alloc(0), options);
    });
  return { protocol: `WebSocket ${protocol}`, go };
}

/** The ports that a client of channels names in the query, as numbers or lists (portforward/websocket.go, NewV4Options). */
function portsOf(url: string): number[] | Refusal {
  const texts = new URLSearchParams(url.split('?')[1]).getAll('ports');
  if (texts.length === 0) return { status: 400, message: 'query parameter "port" is required' };
  const ports: number[] = [];
  for (const text of texts.flatMap((list) => list.split(','))) {
    const port = parsePort(text);
    if (typeof port === 'string') return { status: 400, message: port };
    ports.push(port);
  }
  return ports.length > MOST_PORTS ? { status: 400, message: `at most ${MOST_PORTS} ports` } : ports;
}
