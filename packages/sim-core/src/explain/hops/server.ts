import { ingresses } from '../../api/networking-v1/ingress.ts';
import { buildCertificateTable, certificateForSni } from '../../ingress-nginx/nginx/certificate-table.ts';
import { DEFAULT_SERVER, FAKE_CERTIFICATE, type Server } from '../../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord, ServerMatch } from '../../ingress-nginx/nginx/decision-record.ts';
import { editDistance } from '../../manifest/nearest.ts';
import { atMost, boxes, decidedBy, type HopOf, ingressName, type Scene } from '../scene.ts';

/** Host → server (ngx_http_find_virtual_server). */
export const serverHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const { server, location, configuration } = record;
  if (server === undefined) return undefined;
  const source = location?.source;
  const isDefault = server.hostname === DEFAULT_SERVER;
  return {
    step: 'server',
    title: isDefault ? 'default server (rules without host)' : server.hostname,
    why: `${reason(record, server)}${certificateSentence(record)}`,
    beat: atMost(
      (configuration?.servers ?? [])
        .filter((each) => each !== server)
        .sort(byResemblance(record.host))
        .map((each) => `${spell(each)}: ${loss(each, record)}`),
    ),
    nodes: source === undefined ? [] : boxes(ids.ingress(source.namespace, source.ingress)),
    ...(source === undefined || isDefault
      ? {}
      : decidedBy(scene, ingressName(source), hostField(scene, server.hostname))),
  };
};

const REASONS: Readonly<Record<Exclude<ServerMatch, 'default'>, (host: string, server: Server) => string>> =
  Object.freeze({
    exact: (host, { hostname }) =>
      host === hostname.toLowerCase()
        ? `The Host header says ${host}, which is the host of a rule.`
        : `${host} is an alias of ${hostname}.`,
    wildcard: (host, { hostname }) =>
      `${host} is one label below ${hostname.slice(2)}, and no rule has this very host.`,
    regex: (host, { hostname }) => `${host} fits a regular expression among the aliases of ${hostname}.`,
  });

function reason({ host, serverMatch }: DecisionRecord, server: Server): string {
  if (serverMatch !== 'default') return REASONS[serverMatch](host, server);
  return host === DEFAULT_SERVER || host === ''
    ? 'The request names no host.'
    : `No Ingress rule has the host ${host}.`;
}

/** Which certificate ended TLS, for clients that send the server's name. */
function certificateSentence({ scheme, host, configuration }: DecisionRecord): string {
  if (scheme !== 'https' || configuration === undefined) return '';
  const { name } = certificateForSni(buildCertificateTable(configuration), host);
  return name === FAKE_CERTIFICATE
    ? " TLS ended here with the controller's fake certificate: no Secret gives one for this host."
    : ` TLS ended here with the certificate of Secret ${name}.`;
}

function loss(server: Server, { serverMatch, host }: DecisionRecord): string {
  if (server.hostname === DEFAULT_SERVER) return 'only for hosts that no rule has';
  if (!server.hostname.startsWith('*.')) return 'another host';
  const fits = host.slice(host.indexOf('.') + 1) === server.hostname.slice(2);
  return fits && serverMatch === 'exact'
    ? 'a host that is spelt out beats a wildcard'
    : 'stands for exactly one label more';
}

function spell({ hostname }: Server): string {
  return hostname === DEFAULT_SERVER ? 'default server' : hostname;
}

function byResemblance(host: string): (a: Server, b: Server) => number {
  return (a, b) => editDistance(host, a.hostname) - editDistance(host, b.hostname);
}

/** Field of the host in the Ingress that the location came from; it may have several rules. */
function hostField({ record, world }: Scene, hostname: string): string {
  const source = record.location?.source;
  if (source === undefined) return '';
  const within = /^spec\.rules\[\d+\]/.exec(source.field)?.[0];
  if (within !== undefined) return `${within}.host`;
  const rules = world.client.get(ingresses, source.namespace, source.ingress)?.spec.rules ?? [];
  const index = rules.findIndex(({ host }) => host === hostname);
  return index < 0 ? 'spec.rules' : `spec.rules[${index}].host`;
}
