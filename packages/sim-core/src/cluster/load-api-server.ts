import type { ApiServer } from '../kube-apiserver/api-server.ts';
import type { ApiServerSetup } from './api-server.ts';

/** The Kubernetes API over a cluster. Its code is loaded when a client comes: most of it no start needs. */
export async function loadApiServer(setup: ApiServerSetup): Promise<ApiServer> {
  const { createApiServer } = await import('./api-server.ts');
  return createApiServer(setup);
}
