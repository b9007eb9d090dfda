import type { Duplex } from 'node:stream';
import { Clients } from '../../edge/clients.ts';
import type { EdgeConnection, EdgeEngine } from '../../edge/engine.ts';
import { Entrance } from '../../edge/entrance.ts';
import { Deadlines } from '../../edge/http1/deadlines.ts';
import { HttpDate } from '../../edge/http1/http-date.ts';
import { HeaderLines } from '../../edge/http1/response-head.ts';
import { Problems } from '../../edge/problems.ts';
import { duplexOf } from '../../edge/streams.ts';
import type { DialPort } from './forwarded-port.ts';

/** A port of a pod that listens. */
export interface ServedPort {
  readonly port: number;
  readonly dial: DialPort;
  readonly onError: (error: unknown) => void;
}

/**
 * Serves a byte stream by the program that listens on a port: raw where it speaks TCP only, else as HTTP in the way of the
 * edge, keep-alive, upgrades and malformed requests included.
 */
export function serveWorkload(stream: Duplex, served: ServedPort): void {
  const { port, dial, onError } = served;
  const workload = dial(port);
  if (typeof workload === 'string') return void stream.destroy();
  if (workload.http === undefined && workload.upgrade === undefined) {
    if (workload.tcp === undefined) return void stream.destroy();
    return guarded(stream, onError, () => workload.tcp?.(duplexOf(stream, new Uint8Array(0))));
  }
  const entrance = new Entrance(
    {
      engine: podEngine(served),
      problems: new Problems(() => {}),
      onError,
      clients: new Clients(),
      http: { deadlines: new Deadlines(), date: new HttpDate(), headerLines: new HeaderLines() },
      loadTls: notHere,
      loadHttp2: notHere,
      openTunnel: (_host, _port, socket) => socket.destroy(),
    },
    { servicePort: port, host: 'localhost', redirectPort: () => undefined },
  );
  entrance.acceptPlain(stream);
}

/** A forwarded port carries bytes of any kind. */
function notHere(): Promise<never> {
  return Promise.reject(new Error('nobody speaks TLS on a forwarded port'));
}

function guarded(stream: Duplex, onError: (error: unknown) => void, step: () => void): void {
  try {
    step();
  } catch (error) {
    onError(error);
    stream.destroy();
  }
}

/** The edge's view of one port of a pod. */
function podEngine(served: ServedPort): EdgeEngine {
  return {
    connect: () => podConnection(served),
    tlsFor: () => undefined,
    loadBalancers: () => [],
    onLoadBalancersChanged: () => () => {},
  };
}

/** A connection to a pod: it is dialled again for each request, since the program may have gone meanwhile. */
function podConnection({ dial, port }: ServedPort): EdgeConnection {
  const workload = () => {
    const dialled = dial(port);
    return typeof dialled === 'string' ? undefined : dialled;
  };
  const connection: EdgeConnection = {
    via: {},
    get closed() {
      return workload() === undefined;
    },
    http(request, response) {
      const target = workload();
      if (target?.http !== undefined) target.http(request, response);
      else response.destroy();
    },
    upgrade(request, response, takeOver) {
      const target = workload();
      if (target?.upgrade !== undefined) target.upgrade(request, response, takeOver);
      else connection.http(request, response);
    },
    malformed(kind, response) {
      const target = workload();
      if (target?.malformed !== undefined) target.malformed(kind, response);
      else response.destroy();
    },
    onClose: () => {},
    close: () => {},
  };
  return connection;
}
