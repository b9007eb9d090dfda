import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ApiServer } from '../../index.ts';
import type { DialFailure } from '../../network/network.ts';
import type { Workload } from '../../workloads/workload.ts';
import type { CertificateAndKey } from '../certificates.ts';
import { listen } from '../edge/listen.ts';
import type { AuditLog } from './audit-log.ts';

/** What the Kubernetes API listens with. */
export interface KubernetesOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Makes the server's certificate when the first client comes; absent: plain http. */
  certificate?(): CertificateAndKey;
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
  let server: Promise<Server> | undefined;
  const listener = await listen(ADDRESSES, port, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {
      // A client that resets its connection is no error of ours; 'close' follows.
    });
    // Most runs have no client here, and none has one while it starts: what speaks the protocols comes with the first.
    server ??= import('./api-http-server.ts').then(({ createApiHttpServer }) => createApiHttpServer(options));
    server.then((created) => created.emit('connection', socket), options.onError);
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
