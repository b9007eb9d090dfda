import type { Ingress } from '../api/networking-v1/ingress.ts';
import { mainIngresses } from './canary.ts';
import { pathsOf } from './ingress-paths.ts';
import type { World } from './world.ts';

/**
 * Ingresses whose tls section gives a host its certificate, and with it the redirect to https: those with a rule for the
 * host, or for the wildcard above it (rootfs/etc/nginx/lua/certificate.lua, certificate_configured_for_current_request).
 */
export function tlsDonors(host: string, world: World): Ingress[] {
  return mainIngresses(world).filter(
    (each) => (each.spec.tls ?? []).length > 0 && pathsOf(each).some((path) => lends(path.host.toLowerCase(), host)),
  );
}

/** Whether a host with TLS lends its certificate to another: the same, or one label below its wildcard. */
function lends(host: string, to: string): boolean {
  return host !== '' && (host === to || (host.startsWith('*.') && to.slice(to.indexOf('.')) === host.slice(1)));
}
