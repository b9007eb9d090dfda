import { type EndpointSlice, endpointSlices } from '../../api/discovery-v1/endpoint-slice.ts';
import type { HttpRequest, TlsSession, Workload } from '../../workloads/workload.ts';
import type { TestIngress } from './test-ingress.ts';

/** Puts a program of its own in place of the pods of Service `web`. */
export function podsAre(workload: Workload): (world: TestIngress) => void {
  return (world) => {
    const slice = world.client.get(endpointSlices, 'default', 'web-1') as EndpointSlice;
    for (const { addresses } of slice.endpoints) {
      for (const address of addresses) world.network.attach(address, { listener: () => workload });
    }
  };
}

/** A pod that speaks TLS, and what it heard in the handshakes. */
export function tlsPod(certificate = ''): { workload: Workload; heard: (TlsSession | undefined)[] } {
  const heard: (TlsSession | undefined)[] = [];
  const workload: Workload = {
    certificate,
    http: ({ tls }: HttpRequest, response) => {
      heard.push(tls);
      response.writeHead(tls === undefined ? 400 : 200, []);
      response.end('');
    },
  };
  return { workload, heard };
}
