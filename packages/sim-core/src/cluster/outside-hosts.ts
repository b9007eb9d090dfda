import type { ExternalHosts } from '../network/external-hosts.ts';
import type { HttpClient } from '../network/http-client.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random } from '../sim/random.ts';
import { startOutside } from '../workloads/outside-program.ts';
import type { Program } from '../workloads/program.ts';

/** Address that programs outside the cluster call from (TEST-NET-1, RFC 5737). */
const OUTSIDE = Object.freeze({ ip: '192.0.2.1' });

/**
 * Starts the programs of the hosts that a Scenario invents (`externalHosts`: host:port → program).
 * @throws Error naming the entry that is no host:port, or no program
 */
export function startExternalHosts(
  hosts: Readonly<Record<string, string>>,
  parts: {
    externalHosts: ExternalHosts;
    http: HttpClient;
    programs: readonly Program[];
    clock: Clock;
    random: Random;
    notice(message: string): void;
  },
): void {
  const { externalHosts, http, ...rest } = parts;
  for (const [hostAndPort, program] of Object.entries(hosts)) {
    const workload = startOutside(hostAndPort, program, {
      ...rest,
      fetch: (url, options, done) => http.fetch(OUTSIDE, url, options, done),
      resolve: (name) => http.resolve(OUTSIDE, name),
    });
    externalHosts.add(hostAndPort, workload);
  }
}
