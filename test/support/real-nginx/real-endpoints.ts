import type { Endpoint, NginxConfiguration } from '../../../packages/sim-core/src/ingress-nginx/nginx/configuration.ts';
import type { ConfPorts } from '../../../packages/sim-core/src/ingress-nginx/nginx/print-conf.ts';
import type { Network } from '../../../packages/sim-core/src/network/network.ts';
import type { LoopbackPrograms } from './loopback-programs.ts';

/** A configuration whose endpoints are ports of this machine, behind which the same pods answer. */
export async function withRealEndpoints(
  configuration: NginxConfiguration,
  { network, programs, ports }: { network: Network; programs: LoopbackPrograms; ports: ConfPorts },
): Promise<NginxConfiguration> {
  const real = async ({ address, port, ...endpoint }: Endpoint): Promise<Endpoint> => {
    // The controller's own default backend is printed along.
    if (address === '127.0.0.1') return { ...endpoint, address, port: ports.defaultBackend };
    const dial = () => {
      const dialled = network.dial(address, port, '127.0.0.1');
      return typeof dialled === 'string' ? 'refused' : dialled.workload;
    };
    return { ...endpoint, address: '127.0.0.1', port: await programs.portOf(`${address}:${port}`, dial) };
  };
  const upstreams = configuration.upstreams.map(async (upstream) => ({
    ...upstream,
    endpoints: await Promise.all(upstream.endpoints.map(real)),
  }));
  return { ...configuration, upstreams: await Promise.all(upstreams) };
}
