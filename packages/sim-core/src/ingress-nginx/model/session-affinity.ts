import type { ParsedIngress, ParsedPath, ServerDraft } from './draft.ts';
import { sourceOf } from './servers.ts';
import { type Upstreams, upstreamName } from './upstreams.ts';

/**
 * A session cookie belongs to the upstream; the paths that set it are those of the Ingresses that ask for it
 * (controller.go, getBackendServers).
 */
export function bindSessions(
  server: ServerDraft | undefined,
  parsed: ParsedIngress,
  { path, field, backend }: ParsedPath,
  upstreams: Upstreams,
): void {
  const { type, mode, cookie } = parsed.directives.affinity;
  const upstream = upstreams.get(upstreamName(parsed.namespace, backend.service));
  if (type !== 'cookie' || server === undefined || upstream === undefined || upstream.noServer) return;
  const locations: Record<string, readonly string[]> = { ...upstream.sessionAffinity?.locations };
  for (const host of [server.hostname, ...server.serverAlias]) locations[host] = [...(locations[host] ?? []), path];
  upstream.sessionAffinity = { mode: upstream.sessionAffinity?.mode ?? mode, cookie, locations };
  upstream.affinitySource = sourceOf(parsed, field, backend.service);
}
