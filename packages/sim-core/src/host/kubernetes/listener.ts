import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ApiServer } from '../../index.ts';
import type { DialFailure } from '../../network/network.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { CertificateAndKey } from '../certificates.ts';
import { listen } from '../edge/listen.ts';
import { readRequest } from './read-request.ts';
import { sendResponse } from './send-response.ts';
import { serveUpgrade } from './serve-upgrade.ts';

/** What the Kubernetes API listens with. */
export interface KubernetesOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Absent: plain http. */
  readonly certificate?: CertificateAndKey;
  /** The engine; asked for at the first request. */
  apiServer(): Promise<ApiServer>;
  /** What listens on a port of a pod. */
  dial(podIp: string, port: number): Workload | DialFailure;
  /** Told which protocol a connection to a pod speaks, as `WebSocket v5.channel.k8s.io`. */
  onStream?(protocol: string): void;
  onError(error: unknown): void;
}

/** The Kubernetes API behind its port. */
export interface KubernetesListener {
  readonly port: number;
  readonly url: string;
  /** Frees the port and ends every connection. */
  close(): Promise<void>;
}

const ADDRESSES: readonly string[] = Object.freeze(['127.0.0.1', '::1']);

/** Serves the Kubernetes API on loopback. @throws ListenError */
export async function startKubernetes(options: KubernetesOptions): Promise<KubernetesListener> {
  const { port, certificate } = options;
  const sockets = new Set<Duplex>();
  const server = createServer(certificate);
  server.on('request', (incoming, outgoing) => void serve(options, incoming, outgoing));
  server.on('upgrade', (request, socket, head) => void serveUpgrade(options, server, { request, socket, head }));
  server.on('clientError', (_error, socket) => socket.destroy());
  const listener = await listen(ADDRESSES, port, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    server.emit('connection', socket);
  });
  return {
    port: listener.port,
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${listener.port}`,
    close: async () => {
      listener.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function createServer(certificate: CertificateAndKey | undefined): Server {
  if (certificate === undefined) return createHttpServer();
  return createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem });
}

async function serve(options: KubernetesOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(incoming);
    if (request === undefined) return;
    const apiServer = await options.apiServer();
    sendResponse(outgoing, await apiServer.handle(request));
  } catch (error) {
    options.onError(error);
    outgoing.destroy();
  }
}
