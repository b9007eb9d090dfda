import {
  DEFAULT_SERVER,
  type NginxConfiguration,
  type Server,
  type Upstream,
} from '../../ingress-nginx/nginx/configuration.ts';
import { findByName, ServerNamesBuilder } from '../../ingress-nginx/nginx/server-names.ts';

/** A configuration with the one server that answers for a host, and the upstreams that it asks. */
export function forHost(configuration: NginxConfiguration, host: string): NginxConfiguration {
  const server = serverFor(configuration.servers, host.toLowerCase().replace(/:\d+$/, '').replace(/\.$/, ''));
  const asked = new Set(server?.locations.flatMap(({ backend, directives }) => [backend, directives.errorBackend]));
  const upstreams = configuration.upstreams.filter(({ name }) => asked.has(name));
  const alternatives = new Set(upstreams.flatMap(({ alternativeBackends }) => alternativeBackends));
  const isAsked = ({ name }: Upstream) => asked.has(name) || alternatives.has(name);
  return {
    ...configuration,
    servers: server === undefined ? [] : [server],
    upstreams: configuration.upstreams.filter(isAsked),
  };
}

function serverFor(servers: readonly Server[], host: string): Server | undefined {
  const names = new ServerNamesBuilder<Server>();
  for (const server of servers) names.add(server, server);
  return findByName(names.build(), host)?.server ?? servers.find(({ hostname }) => hostname === DEFAULT_SERVER);
}
