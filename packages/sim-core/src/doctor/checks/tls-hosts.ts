import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { FAKE_CERTIFICATE } from '../../ingress-nginx/nginx/configuration.ts';
import type { DoctorFinding } from '../../wire.ts';
import { mainIngresses } from '../canary.ts';
import { replicas } from '../controllers.ts';
import { type Check, findingOf, line, listing, nameOf, place, spell } from '../finding.ts';
import { hostField, pathsOf } from '../ingress-paths.ts';
import type { World } from '../world.ts';
import { CONSEQUENCE } from './tls-secret.ts';

/** Hosts of rules that stand in no tls entry, and rules without host beside a tls section. */
export const tlsHosts: Check = {
  name: 'TlsHosts',
  check: (world) => mainIngresses(world).flatMap((ingress) => uncoveredHosts(ingress, world)),
};

function uncoveredHosts(ingress: Ingress, world: World): DoctorFinding[] {
  const tls = ingress.spec.tls ?? [];
  const listed = tls.flatMap(({ hosts = [] }) => hosts);
  if (tls.length === 0) return [];
  const object = nameOf(ingress);
  const seen = new Set<string>();
  return pathsOf(ingress).flatMap((path) => {
    if (seen.has(path.host)) return [];
    seen.add(path.host);
    const field = hostField(path);
    if (path.host === '') {
      const message = `${spell(object)} has a tls section and a rule without host: such rules are never redirected to https, and their certificate is always the controller's default one`;
      return [
        findingOf(
          {
            severity: 'warning',
            reason: 'TlsWithoutHost',
            object,
            field,
            message,
            fix: `Give the rule the host that the certificate is for (${line(world, object, field)}).`,
          },
          world,
        ),
      ];
    }
    if (listed.some((host) => host.toLowerCase() === path.host.toLowerCase()) || !servesFake(path.host, world))
      return [];
    const message = `${spell(object)} has the host ${path.host}${place(world, object, field)}, which its tls section does not list (it lists ${listing(listed) || 'no hosts'}${place(world, object, 'spec.tls[0].hosts')}), ${CONSEQUENCE}`;
    return [
      findingOf(
        {
          severity: 'warning',
          reason: 'TlsHostNotListed',
          object,
          field: 'spec.tls[0].hosts',
          message,
          fix: `Add ${path.host} to the hosts at ${line(world, object, 'spec.tls[0].hosts')}.`,
        },
        world,
      ),
    ];
  });
}

/** Whether a host has no better certificate than the fake one; nobody can tell where there is none to read certificates. */
function servesFake(host: string, world: World): boolean {
  const servers = replicas(world)[0]?.nginx.model().configuration.servers ?? [];
  return (
    world.certificates !== undefined &&
    servers.find(({ hostname }) => hostname === host)?.certificate?.name === FAKE_CERTIFICATE
  );
}
