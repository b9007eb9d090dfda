import { unsupportedIn } from '../nginx/pcre.ts';
import type { Dropped } from './draft.ts';
import { isRegexMode } from './locations.ts';
import type { Servers } from './servers.ts';

/**
 * What a path holds that no engine can do in time that grows with the text only; undefined for nothing. Told at admission as
 * `path … cannot be used with pathType …` (pkg/util/ingress, inspector.ValidatePathType).
 */
export function refusedInPath(path: string): string | undefined {
  return unsupportedIn(`^${path}`);
}

/** Takes the paths away that would be regexes of a kind that is refused here; nginx itself would run them (docs/deviations.md). */
export function dropRefusedPaths(servers: Servers): Dropped[] {
  const dropped: Dropped[] = [];
  for (const server of servers.values()) {
    if (!isRegexMode(server.locations)) continue;
    server.locations = server.locations.filter(({ path, source }) => {
      const refused = refusedInPath(path) !== undefined;
      if (refused && source !== undefined) {
        const { namespace, ingress, field } = source;
        dropped.push({ namespace, ingress, field, host: server.hostname, path, reason: 'regex-refused', by: '' });
      }
      return !refused;
    });
  }
  return dropped;
}
