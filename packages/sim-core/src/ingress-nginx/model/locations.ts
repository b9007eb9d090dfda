import type { Location } from '../nginx/configuration.ts';
import { DEFAULT_SERVER } from '../nginx/configuration.ts';
import type { LocationDirectives } from '../nginx/directives.ts';
import type { Dropped, LocationDraft, ParsedIngress, ParsedPath, ServerDraft } from './draft.ts';
import { newLocation, type Servers, sourceOf } from './servers.ts';
import { bindSessions } from './session-affinity.ts';
import { type Upstreams, upstreamName } from './upstreams.ts';

/**
 * Gives every path of every Ingress its location; the oldest Ingress wins a path and type (controller.go,
 * getBackendServers). Canaries pass through here too: their upstreams have no server, so nothing comes of it.
 */
export function addLocations(ingresses: readonly ParsedIngress[], upstreams: Upstreams, servers: Servers): Dropped[] {
  const dropped: Dropped[] = [];
  for (const parsed of ingresses) {
    for (const { host, paths } of parsed.rules) {
      const server = servers.get(host) ?? servers.get(DEFAULT_SERVER);
      for (const path of paths ?? []) {
        const loss = server === undefined ? undefined : addLocation(server, parsed, path, upstreams);
        bindSessions(server, parsed, path, upstreams);
        if (loss !== undefined && !parsed.directives.canary) dropped.push({ ...placeOf(parsed, host, path), ...loss });
      }
    }
  }
  return dropped;
}

function addLocation(
  server: ServerDraft,
  parsed: ParsedIngress,
  path: ParsedPath,
  upstreams: Upstreams,
): Pick<Dropped, 'reason' | 'by'> | undefined {
  const { service } = path.backend;
  const upstream = upstreams.get(upstreamName(parsed.namespace, service));
  if (service === undefined || upstream === undefined) return undefined;
  if (upstream.noServer)
    return { reason: 'service-is-canary', by: `${upstream.canary?.namespace}/${upstream.canary?.ingress}` };
  const made = newLocation(parsed, {
    path: path.path,
    pathType: path.pathType,
    backend: upstream.name,
    source: sourceOf(parsed, path.field, service),
  });
  // Only the first location of that path is looked at: one of another type before it hides an equal one behind it.
  const index = server.locations.findIndex((location) => location.path === path.path);
  const known = server.locations[index];
  if (known === undefined || known.pathType !== path.pathType) server.locations.push(made);
  else if (known.isDefaultBackend) server.locations[index] = made;
  else return { reason: 'path-taken', by: `${known.source?.namespace}/${known.source?.ingress}` };
  return undefined;
}

/** Where a path of an Ingress stands, for the list of what leads nowhere. */
export function placeOf(parsed: ParsedIngress, host: string, path: ParsedPath): Omit<Dropped, 'reason' | 'by'> {
  return { namespace: parsed.namespace, ingress: parsed.name, field: path.field, host, path: path.path };
}

/** Later names first, then longer paths first: the order of nginx.conf, which decides between regexes. */
export function sortLocations(locations: readonly LocationDraft[]): LocationDraft[] {
  const byName = [...locations].sort((a, b) => (a.path > b.path ? -1 : a.path < b.path ? 1 : 0));
  return byName.sort((a, b) => b.path.length - a.path.length);
}

/**
 * Makes nginx's locations of the rules': a Prefix is two, `= /foo` and `/foo/`, unless it is rewritten or a regex
 * (internal/ingress/controller/location.go, updateServerLocations). One rewrite or regex makes regexes of all locations
 * of the server (template.go, enforceRegexModifier, buildLocation).
 */
export function finishLocations(locations: readonly LocationDraft[]): Location[] {
  const exact = new Set(locations.filter(({ pathType }) => pathType === 'Exact').map(({ path }) => path));
  const split = locations.flatMap((location) => splitPrefix(location, exact));
  const regexMode = isRegexMode(split);
  return split.map((location) => ({
    modifier: regexMode ? '~*' : location.pathType === 'Exact' ? '=' : '',
    path: location.path,
    ingressPath: location.ingressPath,
    ingressPathType: location.ingressPathType,
    backend: location.backend,
    isDefaultBackend: location.isDefaultBackend,
    ...(location.source === undefined ? {} : { source: location.source }),
    directives: directivesOf(location),
  }));
}

/** Whether a server's paths are regexes. */
export function isRegexMode(locations: readonly LocationDraft[]): boolean {
  return locations.some((location) => needsRewrite(location) || location.useRegex);
}

function splitPrefix(location: LocationDraft, exact: ReadonlySet<string>): LocationDraft[] {
  if (location.path === '/' || location.pathType === 'Exact') return [location];
  if (needsRewrite(location) || location.useRegex) return [location];
  const prefix = { ...location, path: location.path.endsWith('/') ? location.path : `${location.path}/` };
  if (exact.has(location.path)) return [prefix];
  return [prefix, { ...location, pathType: 'Exact' }];
}

/** The rewrite belongs to the path, so it is known only now (template.go, buildProxyPass). */
function directivesOf(location: LocationDraft): LocationDirectives {
  const { directives, path, rewriteTarget, xForwardedPrefix } = location;
  if (!needsRewrite(location)) return directives;
  const rewrite = { regex: `(?i)${path}`, replacement: rewriteTarget };
  return { ...directives, rewrite, ...(xForwardedPrefix === '' ? {} : { xForwardedPrefix }) };
}

function needsRewrite({ rewriteTarget, path }: LocationDraft): boolean {
  return rewriteTarget !== '' && rewriteTarget !== path;
}
