import { place } from '../../doctor/finding.ts';
import { DEFAULT_SERVER, type Location } from '../../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../../ingress-nginx/nginx/decision-record.ts';
import { compilePcre } from '../../ingress-nginx/nginx/pcre.ts';
import { pathPlace } from '../rule-place.ts';
import { atMost, decidedBy, type Hop, ingressBox, ingressName, type Scene } from '../scene.ts';
import { serverSettingOf } from '../settings.ts';

/** Path → location (ngx_http_core_find_config_phase): exact, then regexes in order, then the longest prefix. */
export const locationHop: Hop = {
  tells: ['use-regex'],
  of: (scene) => {
    const { record } = scene;
    const { location, server } = record;
    if (location === undefined) return undefined;
    const at = location.source && pathPlace(location.source);
    return {
      step: 'location',
      title: location.isDefaultBackend
        ? `${location.ingressPath} (of no rule)`
        : `${location.ingressPath} (${location.ingressPathType})`,
      why: `${reason(scene, location)}${regexSentence(scene)}`,
      beat: atMost(
        rivals(server?.locations ?? [], location)
          .filter((rival) => location.isDefaultBackend || fits(rival, record.path))
          .map(
            (rival) =>
              `${rival.ingressPath} (${rival.ingressPathType})${placeOf(scene, rival)}: ${loss(rival, record)}`,
          ),
      ),
      nodes: ingressBox(scene, location.source),
      ...(at === undefined ? {} : decidedBy(scene, at.object, at.field)),
    };
  },
};

function reason({ record }: Scene, location: Location): string {
  const { path, locationMatch, server } = record;
  if (location.isDefaultBackend && server?.hostname === DEFAULT_SERVER)
    return 'There is no rule without host, so the controller itself answers.';
  if (location.isDefaultBackend)
    return `No rule of ${server?.hostname} fits ${path}: nginx keeps a "/" of its own for that, with the annotations of the oldest Ingress of the host.`;
  if (record.reason === 'auto-redirect') return `${path} lacks only the slash at the end of it.`;
  if (locationMatch === 'exact') return `${path} equals the path of the rule.`;
  if (locationMatch === 'regex') return `${path} fits ~* "^${location.path}", the first in order that does.`;
  return location.path === '/'
    ? 'Every path begins with /, and no longer one fits.'
    : `It is the longest path that ${path} begins with.`;
}

/** Who turned all paths of the host into regular expressions. */
function regexSentence(scene: Scene): string {
  if (scene.record.locationMatch !== 'regex') return '';
  const { says } = serverSettingOf(scene, scene.record.server, ['use-regex', 'rewrite-target']);
  return ` ${says} makes every path of this host a regular expression, without regard to case.`;
}

function placeOf({ world }: Scene, { source }: Location): string {
  const at = source && pathPlace(source);
  return source === undefined || at === undefined ? '' : place(world, ingressName(source), at.field);
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
  if (rival.ingressPathType === 'Exact') return 'stands for this very path only';
  return fits(rival, path) ? 'fits too, but is shorter' : `${path} is not below it`;
}

function fits({ modifier, path }: Location, requested: string): boolean {
  return modifier === '~*' ? compilePcre(`^${path}`, 'i').test(requested) : requested.startsWith(path);
}
