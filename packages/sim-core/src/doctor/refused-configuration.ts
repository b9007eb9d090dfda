import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { parseAnnotations } from '../ingress-nginx/annotations/parse-annotations.ts';
import { readConfigMap } from '../ingress-nginx/config-map/keys.ts';
import { compileServers } from '../ingress-nginx/nginx/compile.ts';
import {
  DEFAULT_SERVER,
  type Location,
  type NginxConfiguration,
  type Server,
  type Source,
} from '../ingress-nginx/nginx/configuration.ts';
import { annotationPrefix } from './annotation.ts';
import type { World } from './world.ts';

/** What nginx stumbled over. */
export interface Culprit {
  readonly host: string;
  readonly location: Location;
  /** The rule or annotation that brought it about. */
  readonly source: Source;
  readonly field: string;
  /** The location that was there before, where two are alike. */
  readonly before?: Location;
}

/** The part of a refused configuration that nginx would not have, found by compiling it bit by bit; undefined for no rule's. */
export function culpritOf(configuration: NginxConfiguration, world: World): Culprit | undefined {
  for (const server of configuration.servers) {
    const found = duplicateIn(server) ?? brokenIn(server, configuration, world);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Two exact or two prefix locations of one path: the younger comes later in the list of what was written. */
function duplicateIn({ hostname: host, locations }: Server): Culprit | undefined {
  const seen = new Map<string, Location>();
  for (const location of locations) {
    const key = `${location.modifier} ${location.path}`;
    const before = seen.get(key);
    if (location.modifier !== '~*' && before !== undefined) return twice(host, location, before);
    seen.set(key, location);
  }
  return undefined;
}

/** Of two the one that is told is that whose path is the longer: the other holds it already. */
function twice(host: string, one: Location, other: Location): Culprit | undefined {
  const [location, before] =
    one.source !== undefined && one.ingressPath.length >= other.ingressPath.length ? [one, other] : [other, one];
  const { source } = location;
  return source && { host, location, source, before, field: `${source.field}.path` };
}

function brokenIn(server: Server, configuration: NginxConfiguration, world: World): Culprit | undefined {
  const location = server.locations.find((each) => isRefused(server, each, configuration));
  const { source } = location ?? {};
  if (location === undefined || source === undefined) return undefined;
  const ingress = world.client.get(ingresses, source.namespace, source.ingress);
  const annotation = ingress && annotationBehind(ingress, server, location, configuration, annotationPrefix(world));
  const field = annotation === undefined ? `${source.field}.path` : `metadata.annotations[${annotation}]`;
  return { host: server.hostname, location, source, field };
}

function isRefused(server: Server, location: Location, configuration: NginxConfiguration): boolean {
  const fallback = configuration.servers.find(({ hostname }) => hostname === DEFAULT_SERVER);
  const alone = { ...server, locations: [location] };
  const rest = fallback === undefined || server.hostname === DEFAULT_SERVER ? [] : [{ ...fallback, locations: [] }];
  try {
    compileServers({ ...configuration, servers: [alone, ...rest] });
    return false;
  } catch {
    return true;
  }
}

/** The annotation without which nginx would have taken the location; undefined where it is the path itself. */
function annotationBehind(
  { metadata }: Ingress,
  server: Server,
  location: Location,
  configuration: NginxConfiguration,
  prefix: string,
): string | undefined {
  const { annotations = {} } = metadata;
  return Object.keys(annotations)
    .filter((name) => name.startsWith(prefix))
    .find((name) => {
      const { [name]: _left, ...others } = annotations;
      const { rewrite } = location.directives;
      const read = parseAnnotations(others, readConfigMap({}), undefined, prefix).directives.location;
      const isRewrite = name === `${prefix}rewrite-target`;
      const directives = rewrite === undefined || isRewrite ? read : { ...read, rewrite };
      return !isRefused(server, { ...location, directives }, configuration);
    });
}
