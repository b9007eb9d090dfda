import { DEFAULT_SERVER, type Location } from '../../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../../ingress-nginx/nginx/decision-record.ts';
import { compilePcre } from '../../ingress-nginx/nginx/pcre.ts';
import { atMost, boxes, decidedBy, type HopOf, ingressName } from '../scene.ts';

/** Path → location (ngx_http_core_find_config_phase): exact, then regexes in order, then the longest prefix. */
export const locationHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const { location, server } = record;
  if (location === undefined) return undefined;
  const { source } = location;
  return {
    step: 'location',
    title: location.isDefaultBackend
      ? `${location.ingressPath} (of no rule)`
      : `${location.ingressPath} (${location.ingressPathType})`,
    why: reason(record, location),
    beat: atMost(
      rivals(server?.locations ?? [], location).map(
        (rival) => `${rival.ingressPath} (${rival.ingressPathType}): ${loss(rival, record)}`,
      ),
    ),
    nodes: source === undefined ? [] : boxes(ids.ingress(source.namespace, source.ingress)),
    ...(source === undefined
      ? {}
      : decidedBy(scene, ingressName(source), location.isDefaultBackend ? source.field : `${source.field}.path`)),
  };
};

function reason({ path, locationMatch, server }: DecisionRecord, location: Location): string {
  if (location.isDefaultBackend && server?.hostname === DEFAULT_SERVER)
    return 'There is no rule without host, so the controller itself answers.';
  if (location.isDefaultBackend)
    return `No rule of ${server?.hostname} fits ${path}: nginx keeps a "/" of its own for that.`;
  if (locationMatch === 'exact') return `${path} equals the path of the rule.`;
  if (locationMatch === 'regex')
    return `${path} fits ~* "^${location.path}", the first in order that does. A rewrite or use-regex on this host makes all its paths regular expressions.`;
  return location.path === '/'
    ? 'Every path begins with /, and no longer one fits.'
    : `The longest path that ${path} begins with.`;
}

/** Other rules' locations, each once: a Prefix is two of nginx's. */
function rivals(locations: readonly Location[], chosen: Location): Location[] {
  const seen = new Set([keyOf(chosen)]);
  return locations.filter((each) => {
    const key = keyOf(each);
    const isNew = !seen.has(key) && each.source !== undefined;
    seen.add(key);
    return isNew && !each.isDefaultBackend;
  });
}

function keyOf({ ingressPath, ingressPathType }: Location): string {
  return `${ingressPath} ${ingressPathType}`;
}

function loss(rival: Location, { path, locationMatch }: DecisionRecord): string {
  if (rival.modifier === '~*')
    return locationMatch === 'regex' && fits(rival, path) ? 'fits too, but stands later' : `${path} does not fit`;
  if (rival.ingressPathType === 'Exact') return `stands for this very path only`;
  return fits(rival, path) ? 'fits too, but is shorter' : `${path} is not below it`;
}

function fits({ modifier, path }: Location, requested: string): boolean {
  return modifier === '~*' ? compilePcre(`^${path}`, 'i').test(requested) : requested.startsWith(path);
}
