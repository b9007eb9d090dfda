import { deepEqual } from '../../apimachinery/deep.ts';
import type { NginxConfiguration, Server } from '../nginx/configuration.ts';

/** What a new configuration asks for: nothing, other endpoints, weights or certificates (pushed to Lua, no reload), or a reload. */
export type Change = 'nothing' | 'endpoints' | 'reload';

/**
 * Compares two configurations as the controller does before it reloads: weights, endpoints and certificates are pushed to
 * Lua, everything else is in nginx.conf (controller.go, syncIngress; pkg/util/ingress, IsDynamicConfigurationEnough).
 * @param next as {@link reuseUnchanged} returns it: what did not change is the same object
 */
export function changeOf(previous: NginxConfiguration, next: NginxConfiguration): Change {
  if (previous.http !== next.http && !deepEqual(previous.http, next.http)) return 'reload';
  if (!deepEqual(previous.passthrough, next.passthrough)) return 'reload';
  if (!sameList(previous.servers, next.servers)) {
    const [old, now] = [previous, next].map(({ servers }) => servers.map(withoutCertificate));
    if (!deepEqual(old, now)) return 'reload';
    return 'endpoints';
  }
  return sameList(previous.upstreams, next.upstreams) ? 'nothing' : 'endpoints';
}

function withoutCertificate({ certificate: _pushed, ...server }: Server): Omit<Server, 'certificate'> {
  return server;
}

function sameList<T>(left: readonly T[], right: readonly T[]): boolean {
  return left.length === right.length && left.every((each, index) => right[index] === each);
}

/** The new configuration with everything that did not change taken over from the old one, so that it can be told by identity. */
export function reuseUnchanged(previous: NginxConfiguration, next: NginxConfiguration): NginxConfiguration {
  return {
    ...next,
    http: deepEqual(previous.http, next.http) ? previous.http : next.http,
    servers: reuse(previous.servers, next.servers, ({ hostname }) => hostname),
    upstreams: reuse(previous.upstreams, next.upstreams, ({ name }) => name),
  };
}

function reuse<T>(previous: readonly T[], next: readonly T[], keyOf: (each: T) => string): readonly T[] {
  const known = new Map(previous.map((each) => [keyOf(each), each]));
  const reused = next.map((each) => {
    const old = known.get(keyOf(each));
    return old !== undefined && deepEqual(old, each) ? old : each;
  });
  return sameList(previous, reused) ? previous : reused;
}
