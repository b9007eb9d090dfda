import { place } from '../doctor/finding.ts';
import { DEFAULT_SERVER, type Location, type Server } from '../ingress-nginx/nginx/configuration.ts';
import { editDistance, nearest } from '../manifest/nearest.ts';
import { fixText } from './fix-text.ts';
import { lostRules } from './lost-rules.ts';
import { hostPlace, pathPlace } from './rule-place.ts';
import type { Scene } from './scene.ts';

/** A 404 of the default backend: the Ingress that does not serve this host, or the host or path that comes nearest. */
export function fixNotFound(scene: Scene): string {
  const [lost] = lostRules(scene);
  if (lost !== undefined) return fixText(lost);
  const { server, serverMatch } = scene.record;
  return serverMatch === 'default' || server === undefined ? otherHost(scene) : otherPath(scene, server);
}

function otherHost(scene: Scene): string {
  const { record, world } = scene;
  const servers = (record.configuration?.servers ?? []).filter(({ hostname }) => hostname !== DEFAULT_SERVER);
  const hosts = servers.map(({ hostname }) => hostname);
  const meant = nearest(record.host, hosts);
  const next = [...servers].sort(
    (a, b) => editDistance(record.host, a.hostname) - editDistance(record.host, b.hostname),
  )[0];
  if (next === undefined) return 'No Ingress rule is served at all: apply an Ingress with ingressClassName: nginx.';
  const name = next.hostname.replace(/^\*/, 'www');
  const says =
    meant === undefined
      ? `The nearest of ${counted(hosts.length)} with a rule is ${next.hostname}${placeOf(scene, next)}.`
      : `Did you mean ${meant}${placeOf(scene, next)}?`;
  return `${says} Ask for it, or add a rule with "host: ${record.host}".\ncurl -H "Host: ${name}" ${world.http}${record.url}`;
}

function counted(hosts: number): string {
  return hosts === 1 ? '1 host' : `${hosts} hosts`;
}

function placeOf(scene: Scene, server: Server): string {
  const found = hostPlace(scene, server);
  return found === undefined ? '' : place(scene.world, found.object, found.field);
}

function otherPath(scene: Scene, server: Server): string {
  const { record, world } = scene;
  const ruled = server.locations.filter(({ isDefaultBackend, source }) => !isDefaultBackend && source !== undefined);
  const next = nearestLocation(record.path, ruled);
  if (next?.source === undefined)
    return `${server.hostname} has no path at all: add one for ${record.path} to its Ingress.`;
  const at = pathPlace(next.source);
  const where = `${next.ingressPath} (${next.ingressPathType})${place(world, at.object, at.field)}`;
  const others = new Set(ruled.map(({ ingressPath, ingressPathType }) => `${ingressPath} ${ingressPathType}`)).size - 1;
  const more = others > 0 ? `, one of ${others + 1}` : '';
  return `The nearest path of ${server.hostname} is ${where}${more}${difference(record.path, next)}. Ask for it, or add a path for ${record.path}.`;
}

function nearestLocation(path: string, locations: readonly Location[]): Location | undefined {
  const distance = ({ ingressPath }: Location) => editDistance(path.toLowerCase(), ingressPath.toLowerCase());
  return [...locations].sort((a, b) => distance(a) - distance(b))[0];
}

/** Why the nearest path does not fit, where that is a well-known trap. */
function difference(path: string, { ingressPath, ingressPathType, modifier }: Location): string {
  if (path.toLowerCase() === ingressPath.toLowerCase()) return '; upper and lower case differ';
  const isBelow = path.startsWith(ingressPath.endsWith('/') ? ingressPath : `${ingressPath}/`);
  if (ingressPathType === 'Exact' && isBelow) return ', which takes this very path only: Prefix takes all below it too';
  const isLonger = modifier !== '~*' && path.startsWith(ingressPath);
  return isLonger ? ', and a Prefix ends at a slash: /a takes /a/b, not /ab' : '';
}
