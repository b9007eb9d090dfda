import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { parseBool } from '../../ingress-nginx/annotations/parsers.ts';
import { annotationField, annotationOf, annotationPrefix } from '../annotation.ts';
import { mainIngresses } from '../canary.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, place, spell } from '../finding.ts';
import { pathsOf } from '../ingress-paths.ts';
import { tlsDonors } from '../tls-donor.ts';
import type { World } from '../world.ts';

/** Redirects to https that people do not expect (rootfs/etc/nginx/lua/lua_ingress.lua, redirect_to_https). */
export const sslRedirect: Check = {
  name: 'SslRedirect',
  check: (world) => {
    const mains = mainIngresses(world);
    return mains.flatMap((ingress) => {
      const found = diagnose(ingress, mains, world);
      return found === undefined ? [] : [findingOf(found, world)];
    });
  },
};

function diagnose(ingress: Ingress, mains: readonly Ingress[], world: World): Diagnosis | undefined {
  const object = nameOf(ingress);
  const hosts = [...new Set(pathsOf(ingress).map(({ host }) => host))].filter((host) => host !== '');
  const hasTls = (ingress.spec.tls ?? []).length > 0;
  if (isOn(ingress, 'force-ssl-redirect', false, world)) {
    const others = mains.some(
      (each) => (each.spec.tls ?? []).length > 0 && pathsOf(each).some(({ host }) => hosts.includes(host)),
    );
    if (hasTls || others) return undefined;
    const field = annotationField('force-ssl-redirect', world);
    const message = `${spell(object)} forces https for ${listing(hosts) || 'all hosts'}, but nobody gives a certificate: clients are redirected (308) to a host with the controller's fake certificate`;
    return {
      severity: 'warning',
      reason: 'ForcedRedirectWithoutTls',
      object,
      field,
      message,
      fix: `Add a tls section with a secretName to the Ingress, or take ${line(world, object, field)} away. Behind a load balancer that ends TLS it is right as it is.`,
    };
  }
  if (!isOn(ingress, 'ssl-redirect', true, world)) return undefined;
  const donor = hasTls ? undefined : hosts.flatMap((host) => tlsDonors(host.toLowerCase(), world))[0];
  if (!hasTls && donor === undefined) return undefined;
  const because =
    donor === undefined
      ? `it has a tls section${place(world, object, 'spec.tls')}`
      : `${spell(nameOf(donor))}${place(world, nameOf(donor), 'spec.tls')} gives the host a certificate`;
  const message = `plain http requests for ${listing(hosts) || 'hosts with a certificate'} (${spell(object)}) are answered 308 to https: ${because}, and ssl-redirect is on by default`;
  return {
    severity: 'info',
    reason: 'SslRedirect',
    object,
    field: donor === undefined ? 'spec.tls' : 'spec.rules',
    message,
    fix: `Follow it (curl -kL). To serve http as well: ${annotationPrefix(world)}ssl-redirect: "false".`,
  };
}

function isOn(ingress: Ingress, name: string, otherwise: boolean, world: World): boolean {
  const parsed = parseBool(annotationOf(ingress, name, world) ?? '');
  return typeof parsed === 'boolean' ? parsed : otherwise;
}
