import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { DEFAULT_SERVER, type NginxConfiguration } from '../nginx/configuration.ts';

/** Finds an Ingress that the configuration was built from. */
export type FindIngress = (namespace: string, name: string) => Ingress | undefined;

/**
 * Whether a path of an Ingress belongs to another one already (controller.go, checkOverlap). Paths are compared with
 * nginx's locations, so a Prefix counts as the two that it becomes.
 * @param configuration with the Ingress in it, as the youngest
 * @param prefix what annotations of ours begin with
 * @returns what is wrong; undefined when nothing is
 */
export function overlap(
  ingress: Ingress,
  configuration: NginxConfiguration,
  find: FindIngress,
  prefix: string,
): string | undefined {
  const canary = `${prefix}canary`;
  for (const { host, http } of ingress.spec.rules ?? []) {
    for (const { path, backend } of http?.paths ?? []) {
      if (backend.service === undefined) continue;
      const place = { host: host || DEFAULT_SERVER, path: path || '/' };
      const other = holdersOf(place, configuration, find).find(({ metadata }, _index, holders) => {
        const isOwn = holders.some((holder) => isSame(holder, ingress));
        return !isOwn && isTaken(ingress.metadata.annotations?.[canary], metadata.annotations?.[canary]);
      });
      if (other === undefined) continue;
      const { namespace, name } = other.metadata;
      return `host "${place.host}" and path "${place.path}" is already defined in ingress ${namespace}/${name}`;
    }
  }
  return undefined;
}

/** Ingresses whose locations stand at a host and path (controller.go, ingressForHostPath). */
function holdersOf(
  { host, path }: { host: string; path: string },
  { servers }: NginxConfiguration,
  find: FindIngress,
): Ingress[] {
  return servers
    .filter(({ hostname }) => hostname === host)
    .flatMap(({ locations }) => locations)
    .filter((location) => location.path === path && !location.isDefaultBackend)
    .flatMap(({ source }) => (source === undefined ? [] : (find(source.namespace, source.ingress) ?? [])));
}

function isSame(a: Ingress, b: Ingress): boolean {
  return a.metadata.namespace === b.metadata.namespace && a.metadata.name === b.metadata.name;
}

/**
 * Two canaries, or two that say nothing of canaries. Any value at all of the annotation, `false` too, lets the other one
 * pass.
 */
function isTaken(a: string | undefined, b: string | undefined): boolean {
  return (a === undefined && b === undefined) || (isTrue(a) && isTrue(b));
}

/** Go's strconv.ParseBool */
function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(1|t|T|true|TRUE|True)$/.test(value);
}
