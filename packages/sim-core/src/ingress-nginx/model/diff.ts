import { deepEqual } from '../../apimachinery/deep.ts';
import type { NginxConfiguration, Upstream } from '../nginx/configuration.ts';

/** What a new configuration asks for: nothing, other endpoints (pushed to Lua, no reload), or a reload. */
export type Change = 'nothing' | 'endpoints' | 'reload';

/** Compares two configurations as the controller does before it reloads (controller.go, syncIngress; nginx.go, IsDynamicConfigurationEnough). */
export function changeOf(previous: NginxConfiguration, next: NginxConfiguration): Change {
  if (!deepEqual(previous.http, next.http) || !deepEqual(previous.servers, next.servers)) return 'reload';
  const sameUpstreams =
    previous.upstreams.length === next.upstreams.length &&
    previous.upstreams.every((upstream, i) => next.upstreams[i] === upstream);
  return sameUpstreams ? 'nothing' : 'endpoints';
}

/** The new configuration with everything that did not change taken over from the old one, so that it can be told by identity. */
export function reuseUnchanged(previous: NginxConfiguration, next: NginxConfiguration): NginxConfiguration {
  const known = new Map(previous.upstreams.map((upstream) => [upstream.name, upstream]));
  const upstreams = next.upstreams.map((upstream): Upstream => {
    const old = known.get(upstream.name);
    return old !== undefined && deepEqual(old, upstream) ? old : upstream;
  });
  const servers = deepEqual(previous.servers, next.servers) ? previous.servers : next.servers;
  return { ...next, servers, upstreams };
}
