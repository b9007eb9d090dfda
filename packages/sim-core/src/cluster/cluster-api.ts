import type { ApiServer } from '../kube-apiserver/api-server.ts';
import type { ApiServerSetup } from './api-server.ts';
import { apiWorkload } from './api-workload.ts';
import { API_SERVER_IP } from './nodes.ts';

/** Port of the API server inside the cluster. */
const SECURE_PORT = 6443;

/** What the API of a cluster is built from. */
export type ClusterApiParts = Omit<ApiServerSetup, 'adminToken'>;

/**
 * The Kubernetes API of a cluster: one server for whoever listens outside and for pods, which reach it through the Service
 * `kubernetes`. Its code is loaded when a client comes: most of it no start needs.
 */
export class ClusterApi {
  readonly #parts: ClusterApiParts;
  #adminToken: string | undefined;
  #server: Promise<ApiServer> | undefined;

  constructor(parts: ClusterApiParts) {
    this.#parts = parts;
    const workload = apiWorkload(() => this.server(), parts.onError);
    parts.network.attach(API_SERVER_IP, { listener: (port) => (port === SECURE_PORT ? workload : undefined) });
  }

  /** Sets who the administrator is, before anybody asks; '' lets everybody in who brings no token, from outside of the cluster. */
  useAdminToken(token: string): void {
    this.#adminToken = token;
  }

  /** The server; loaded once. */
  server(): Promise<ApiServer> {
    this.#server ??= this.#load();
    return this.#server;
  }

  async #load(): Promise<ApiServer> {
    const { createApiServer } = await import('./api-server.ts');
    return createApiServer({ ...this.#parts, adminToken: this.#adminToken ?? '' });
  }
}
