import type { Scene } from './scene.ts';

/** Where the simulation touched a request in another way than the real thing would. */
export function deviationsOf({ record, world }: Scene): string[] {
  const said: [boolean, string][] = [
    [
      record.via?.loadBalancer !== undefined,
      'The load balancer checks the health of nodes at the moment of asking; a real one needs three checks, 10 s apart.',
    ],
    [
      record.redirectTo?.startsWith('https:') === true && !world.https.endsWith(':443'),
      `On the wire the Location names our https port (${world.https}) where 443 is not ours; here it stands as nginx says it.`,
    ],
    [
      record.id > 0 && record.status !== 0,
      'The answer carries X-Sandbox-Request, unless --no-trace-header; a real controller has no such header.',
    ],
    [
      (record.upstream?.endpoints.length ?? 0) > 1,
      'One nginx worker takes all requests in turn; a real controller has one position per worker.',
    ],
    [
      record.canary === 'weight' && record.draw > 0,
      'The draw comes from the seed, so that a run can be repeated; a real one is seeded from the system.',
    ],
    [
      record.upstreamStatus > 0 && record.pod !== undefined,
      'The image does not run: a simulated program answered in its place.',
    ],
  ];
  return said.filter(([applies]) => applies).map(([, text]) => text);
}
