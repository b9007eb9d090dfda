import { SocketTransport } from '../../../packages/sim-core/src/cli/conformance/socket-transport.ts';
import type { OpenTransport, Transport } from '../../../packages/sim-core/src/conformance/transport.ts';
import type { Cluster } from '../../../packages/sim-core/src/index.ts';
import type { NginxConfiguration } from '../../../packages/sim-core/src/ingress-nginx/nginx/configuration.ts';
import { LoopbackPrograms } from './loopback-programs.ts';
import { NginxProcess } from './nginx-process.ts';
import { withRealEndpoints } from './real-endpoints.ts';

/** A real nginx in place of the controller's proxy, always with the configuration that the controller has loaded. */
export const openRealNginx: OpenTransport = async (cluster) => {
  const nginx = await NginxProcess.create();
  const programs = new LoopbackPrograms();
  const { http: httpPort, https: httpsPort } = nginx.ports;
  const sockets = new SocketTransport(cluster, { httpPort, httpsPort, close: () => nginx.close() }, []);
  let loaded: NginxConfiguration | undefined;
  const follow = async () => {
    const configuration = configurationOf(cluster);
    if (configuration === loaded) return;
    loaded = configuration;
    await nginx.start(
      await withRealEndpoints(configuration, { network: cluster.network.network, programs, ports: nginx.ports }),
    );
  };
  const transport: Transport = {
    send: async (request) => {
      await follow();
      return sockets.send(request);
    },
    sendAll: async (requests) => {
      await follow();
      return sockets.sendAll(requests);
    },
    post: (path, body) => sockets.post(path, body),
    close: async () => {
      await sockets.close();
      await programs.close();
    },
  };
  return transport;
};

function configurationOf(cluster: Cluster): NginxConfiguration {
  const [replica] = cluster.ingress.replicas.values();
  if (replica === undefined) throw new Error('no controller runs');
  return replica.proxy.running.configuration;
}
