import { mainIngresses } from '../canary.ts';
import { type Check, type Diagnosis, findingOf, spell } from '../finding.ts';
import { hostField, type PathView, pathsOf } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/** Hosts of rules that a client cannot look up: how to reach them all the same. */
export const hostReachable: Check = {
  name: 'HostReachable',
  check: (world) => {
    const seen = new Set<string>();
    return mainIngresses(world)
      .flatMap(pathsOf)
      .flatMap((path) => {
        if (path.host === '' || seen.has(path.host)) return [];
        seen.add(path.host);
        const found = diagnose(path, world);
        return found === undefined ? [] : [findingOf({ object: path.object, field: hostField(path), ...found }, world)];
      });
  },
};

function diagnose(path: PathView, world: World): Omit<Diagnosis, 'object' | 'field'> | undefined {
  const { host } = path;
  const ingressBalancer = world.ingressLoadBalancer();
  const balancer = world.cloud.findByHostname(host);
  if (balancer !== undefined && balancer.service !== ingressBalancer?.service) {
    const message = `${spell(path.object)} has the host ${host}, which is the load balancer of Service ${balancer.service}: requests for it go to that Service's pods and never reach the ingress controller`;
    const fix =
      ingressBalancer === undefined
        ? 'Choose another host.'
        : `Write "host: ${ingressBalancer.hostname}" (the ingress controller's load balancer).`;
    return { severity: 'error', reason: 'HostOfAnotherLoadBalancer', message, fix };
  }
  if (balancer !== undefined || host.endsWith('.localhost')) return undefined;
  return {
    severity: 'info',
    reason: 'HostNotResolvable',
    message: `the host ${host} of ${spell(path.object)} resolves nowhere from here (on a real cluster: point its DNS record to the load balancer)`,
    fix: howToReach(host, path.path, world),
  };
}

/** The lines to paste; a wildcard gets a label in its place. */
function howToReach(host: string, path: string, { http }: World): string {
  const name = host.replace(/^\*\./, 'www.');
  const at = path.replace(/\/$/, '');
  return `Reach it with: curl -H "Host: ${name}" ${http}${at}/ or http_proxy=${http} wget -q -O- http://${name}${at}/`;
}
