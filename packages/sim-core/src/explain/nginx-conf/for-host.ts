import {
  DEFAULT_SERVER,
  type NginxConfiguration,
  type Server,
  type Upstream,
} from '../../ingress-nginx/nginx/configuration.ts';
import { compilePcre } from '../../ingress-nginx/nginx/pcre.ts';

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

/** Exact names, then wildcards, then regexes, then the default server (nginx/phases/find-server.ts). */
function serverFor(servers: readonly Server[], host: string): Server | undefined {
  const named = (fits: (name: string) => boolean) =>
    servers.find(({ hostname, directives }) => [hostname, ...directives.serverAlias].some(fits));
  const wildcard = host.replace(/^[\w-]+\./, '*.');
  return (
    named((name) => name.toLowerCase() === host) ??
    named((name) => name.toLowerCase() === wildcard) ??
    named((name) => name.startsWith('~') && compilePcre(name.slice(1)).test(host)) ??
    servers.find(({ hostname }) => hostname === DEFAULT_SERVER)
  );
}
