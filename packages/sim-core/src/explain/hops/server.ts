import { place } from '../../doctor/finding.ts';
import { buildCertificateTable, certificateForSni } from '../../ingress-nginx/nginx/certificate-table.ts';
import { DEFAULT_SERVER, FAKE_CERTIFICATE, type Server } from '../../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord, ServerMatch } from '../../ingress-nginx/nginx/decision-record.ts';
import { editDistance } from '../../manifest/nearest.ts';
import { hostPlace } from '../rule-place.ts';
import { atMost, decidedBy, type Hop, ingressBox, type Scene } from '../scene.ts';
import { serverSettingOf } from '../settings.ts';

/** Host → server (ngx_http_find_virtual_server). */
export const serverHop: Hop = {
  tells: [
    'server-alias',
    'auth-tls-secret',
    'auth-tls-verify-client',
    'auth-tls-verify-depth',
    'auth-tls-error-page',
    'auth-tls-match-cn',
  ],
  of: (scene) => {
    const { record } = scene;
    const { server, location, configuration } = record;
    if (server === undefined) return undefined;
    const at = hostPlace(scene, server, location?.source);
    const alias = isAlias(record, server) ? serverSettingOf(scene, server, ['server-alias']).at : undefined;
    const where = alias ?? at;
    return {
      step: 'server',
      title: spell(server),
      why: `${reason(record, server)}${certificateSentence(record)}${clientSentence(scene, server)}`,
      beat: atMost(
        (configuration?.servers ?? [])
          .filter((each) => each !== server && competes(each, record))
          .sort(byResemblance(record.host))
          .map((each) => `${spell(each)}${placeOf(scene, each)}: ${loss(each, record)}`),
        3,
      ),
      nodes: ingressBox(scene, location?.source),
      ...(where === undefined ? {} : decidedBy(scene, where.object, where.field)),
    };
  },
};

const REASONS: Readonly<Record<Exclude<ServerMatch, 'default'>, (host: string, server: Server) => string>> =
  Object.freeze({
    exact: (host, { hostname }) =>
      host === hostname.toLowerCase()
        ? 'The Host header is the host of a rule.'
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

function isAlias({ serverMatch, host }: DecisionRecord, { hostname }: Server): boolean {
  return serverMatch === 'regex' || (serverMatch === 'exact' && host !== hostname.toLowerCase());
}

/** Which certificate ended TLS, for clients that send the server's name. */
function certificateSentence({ scheme, host, configuration, reason: because }: DecisionRecord): string {
  if (scheme !== 'https' || configuration === undefined) return '';
  if (because === 'passed-through') return " TLS went on as it came, and ended with the pod's own certificate.";
  const { name } = certificateForSni(buildCertificateTable(configuration), host);
  return name === FAKE_CERTIFICATE
    ? " TLS ended here with the controller's fake certificate: no Secret gives one for this host."
    : ` TLS ended here with the certificate of Secret ${name}.`;
}

/** Whom the server lets in by certificate. */
function clientSentence(scene: Scene, { directives }: Server): string {
  const { clientVerification: verification, clientNamePattern } = directives;
  if (verification === undefined || verification.verifyClient === 'off') return '';
  const { says } = serverSettingOf(scene, scene.record.server, ['auth-tls-secret']);
  const must = verification.verifyClient === 'on' ? 'must' : 'may';
  const name = clientNamePattern === '' ? '' : `, and its subject must fit ${clientNamePattern}`;
  return ` Clients ${must} show a certificate of the authority that ${says} names${name}.`;
}

function loss(server: Server, { serverMatch, host }: DecisionRecord): string {
  if (!server.hostname.startsWith('*.')) return 'another host';
  const fits = host.slice(host.indexOf('.') + 1) === server.hostname.slice(2);
  return fits && serverMatch === 'exact'
    ? 'a host that is spelt out beats a wildcard'
    : 'stands for exactly one label more';
}

/** A request that found its host is told only of the wildcard that it beat. */
function competes({ hostname }: Server, { host, serverMatch }: DecisionRecord): boolean {
  if (hostname === DEFAULT_SERVER) return false;
  return serverMatch === 'default' || (hostname.startsWith('*.') && host.endsWith(hostname.slice(1)));
}

function placeOf(scene: Scene, server: Server): string {
  const at = hostPlace(scene, server);
  return at === undefined ? '' : place(scene.world, at.object, at.field);
}

function spell({ hostname }: Server): string {
  return hostname === DEFAULT_SERVER ? 'default server (rules without host)' : hostname;
}

function byResemblance(host: string): (a: Server, b: Server) => number {
  return (a, b) => editDistance(host, a.hostname) - editDistance(host, b.hostname);
}
