import { DEFAULT_SERVER, DEFAULT_UPSTREAM } from '../nginx/configuration.ts';
import type { Dropped, DropReason, ParsedIngress, ParsedPath, UpstreamDraft } from './draft.ts';
import { placeOf } from './locations.ts';
import type { Servers } from './servers.ts';
import { type Upstreams, upstreamName } from './upstreams.ts';

/**
 * Hangs the canaries' upstreams on those of the main Ingresses with the same host, path and type; one that finds none is
 * taken away (controller.go, mergeAlternativeBackends).
 * @returns the paths of canaries that lead nowhere
 */
export function mergeCanaries(ingresses: readonly ParsedIngress[], upstreams: Upstreams, servers: Servers): Dropped[] {
  const canaries = ingresses.filter(({ directives }) => directives.canary);
  const onlyCanaries = canaries.length === ingresses.length;
  return canaries.flatMap((parsed) => {
    const backend = parsed.ingress.spec.defaultBackend;
    const fromDefault: ParsedPath[] =
      backend === undefined ? [] : [{ path: '', pathType: 'Prefix', backend, field: 'spec.defaultBackend' }];
    const targets = [
      ...fromDefault.map((path) => ({ host: DEFAULT_SERVER, path, anyPath: true })),
      ...parsed.rules.flatMap(({ host, paths }) => (paths ?? []).map((path) => ({ host, path, anyPath: false }))),
    ];
    return targets.flatMap(({ host, path, anyPath }) => {
      const loss = onlyCanaries
        ? { reason: 'only-canaries' as const, by: '' }
        : merge(parsed, host, path, anyPath, upstreams, servers);
      return loss === undefined ? [] : [{ ...placeOf(parsed, host, path), ...loss }];
    });
  });
}

type Loss = { reason: DropReason; by: string };

function merge(
  parsed: ParsedIngress,
  host: string,
  path: ParsedPath,
  anyPath: boolean,
  upstreams: Upstreams,
  servers: Servers,
): Loss | undefined {
  const alternative = upstreams.get(upstreamName(parsed.namespace, path.backend.service));
  const server = servers.get(host);
  if (alternative === undefined) return { reason: 'no-main', by: '' };
  if (server === undefined) return { reason: 'no-host', by: '' };
  let merged: UpstreamDraft | undefined;
  for (const location of server.locations) {
    const primary = upstreams.get(location.backend);
    if (primary === undefined) continue;
    if (primary.name === alternative.name) {
      if (merged !== undefined) break;
      return { reason: 'same-service', by: `${location.source?.namespace}/${location.source?.ingress}` };
    }
    const isSame = anyPath || (location.path === path.path && location.pathType === path.pathType);
    if (!isSame || primary.name === DEFAULT_UPSTREAM || primary.noServer) continue;
    if (!primary.alternativeBackends.includes(alternative.name)) hang(primary, alternative, parsed);
    merged = primary;
  }
  if (merged === undefined) {
    upstreams.delete(alternative.name);
    return { reason: 'no-main', by: '' };
  }
  return lossOf(merged, alternative, parsed, upstreams);
}

/** Unless the canary says `legacy`, its clients are bound as the main one's are (controller.go, mergeAlternativeBackend). */
function hang(primary: UpstreamDraft, alternative: UpstreamDraft, { directives }: ParsedIngress): void {
  if (directives.affinity.canaryBehavior !== 'legacy') {
    alternative.sessionAffinity = primary.sessionAffinity;
    alternative.affinitySource = primary.affinitySource;
  }
  primary.alternativeBackends.push(alternative.name);
}

/** Merged, and yet without effect. */
function lossOf(
  primary: UpstreamDraft,
  alternative: UpstreamDraft,
  parsed: ParsedIngress,
  upstreams: Upstreams,
): Loss | undefined {
  if (!alternative.noServer) return { reason: 'service-is-main', by: '' };
  const first = upstreams.get(primary.alternativeBackends[0] ?? '');
  if (first !== undefined && first !== alternative)
    return { reason: 'second-canary', by: `${first.canary?.namespace}/${first.canary?.ingress}` };
  const { canary } = alternative;
  const own = canary?.namespace === parsed.namespace && canary.ingress === parsed.name;
  return own ? undefined : { reason: 'second-canary', by: `${canary?.namespace}/${canary?.ingress}` };
}
