import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { parseBool } from '../../ingress-nginx/annotations/parsers.ts';
import { annotationField, annotationNames, annotationOf } from '../annotation.ts';
import { mainIngresses } from '../canary.ts';
import { replicas } from '../controllers.ts';
import { type Check, type Diagnosis, findingOf, line, listing, nameOf, spell } from '../finding.ts';
import { pathsOf } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/** `ssl-passthrough` that does nothing, or less than people think (controller.go, buildPassthroughBackends; nginx.go, OnUpdate). */
export const sslPassthrough: Check = {
  name: 'SslPassthrough',
  check: (world) =>
    mainIngresses(world)
      .filter((ingress) => passes(ingress, world))
      .flatMap((ingress) => {
        const found = withoutFlag(ingress, world) ?? withoutRoot(ingress, world) ?? besides(ingress, world);
        return found === undefined ? [] : [findingOf(found, world)];
      }),
};

function passes(ingress: Ingress, world: World): boolean {
  return parseBool(annotationOf(ingress, 'ssl-passthrough', world) ?? '') === true;
}

function withoutFlag(ingress: Ingress, world: World): Diagnosis | undefined {
  const running = replicas(world);
  if (running.length === 0 || running.some(({ nginx }) => nginx.flags.enableSslPassthrough)) return undefined;
  const { object, field, where } = placeOf(ingress, world);
  return {
    severity: 'warning',
    reason: 'PassthroughDisabled',
    object,
    field,
    message: `${spell(object)}: ssl-passthrough has no effect, because the controller runs without --enable-ssl-passthrough: nginx ends TLS itself`,
    fix: `Add --enable-ssl-passthrough to the controller's arguments, or take ${where} away.`,
  };
}

/** Only the Service of the path `/` is ever asked. */
function withoutRoot(ingress: Ingress, world: World): Diagnosis | undefined {
  const paths = pathsOf(ingress);
  const hosts = [...new Set(paths.map(({ host }) => host))].filter((host) => !isPassed(host, world));
  if (hosts.length === 0) return undefined;
  const { object, field } = placeOf(ingress, world);
  return {
    severity: 'warning',
    reason: 'PassthroughWithoutRoot',
    object,
    field,
    message: `${spell(object)}: TLS connections for ${listing(hosts.map((host) => host || 'rules without host'))} are not passed through: that takes a host, and a path / that leads to a Service with an address of its own`,
    fix: `Give the host a path / with the Service that ends TLS (${line(world, object, 'spec.rules')}).`,
  };
}

/** What stands beside it counts on plain http only. */
function besides(ingress: Ingress, world: World): Diagnosis | undefined {
  const others = annotationNames(ingress, world).filter((name) => name !== 'ssl-passthrough');
  const paths = pathsOf(ingress).filter(({ path }) => path !== '/');
  if (others.length === 0 && paths.length === 0) return undefined;
  const { object, field, where } = placeOf(ingress, world);
  const lost = [...others, ...paths.map(({ path }) => `path ${path}`)];
  return {
    severity: 'info',
    reason: 'PassthroughIgnoresOthers',
    object,
    field,
    message: `${spell(object)}: over https nginx sees no request (ssl-passthrough), so ${listing(lost)} counts on plain http only`,
    fix: `Leave it so, or take ${where} away and let nginx end TLS (backend-protocol: HTTPS).`,
  };
}

function isPassed(host: string, world: World): boolean {
  return replicas(world).some(({ nginx }) =>
    nginx.proxy.running.configuration.passthrough.some(({ hostname }) => hostname === host),
  );
}

function placeOf(ingress: Ingress, world: World) {
  const object = nameOf(ingress);
  const field = annotationField('ssl-passthrough', world);
  return { object, field, where: line(world, object, field) };
}
