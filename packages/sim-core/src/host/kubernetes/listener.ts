import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ApiResponse, ApiServer } from '../../index.ts';
import type { DialFailure } from '../../network/network.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { CertificateAndKey } from '../certificates.ts';
import { listen } from '../edge/listen.ts';
import type { AuditEntry, AuditLog } from './audit-log.ts';
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
  /** Where every answer is written down; absent: nowhere. */
  readonly auditLog?: AuditLog;
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
      options.auditLog?.close();
    },
  };
}

function createServer(certificate: CertificateAndKey | undefined): Server {
  if (certificate === undefined) return createHttpServer();
  return createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem });
}

async function serve(options: KubernetesOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const entry = options.auditLog?.received(incoming);
  try {
    const request = await readRequest(incoming);
    if (request === undefined) return entry?.complete(0);
    const apiServer = await options.apiServer();
    entry?.asked(apiServer.askedBy(request));
    const response = await apiServer.handle(request);
    if (entry !== undefined) writeDown(entry, response, outgoing);
    sendResponse(outgoing, response);
  } catch (error) {
    options.onError(error);
    outgoing.destroy();
  }
}

/** An answer that goes on is complete when its connection is; all others before their client can have read them. */
function writeDown(entry: AuditEntry, response: ApiResponse, outgoing: ServerResponse): void {
  if ('body' in response) entry.complete(response.status);
  else outgoing.once('close', () => entry.complete(response.status));
}
