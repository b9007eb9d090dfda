import type { Path } from '../manifest/document.ts';
import { valueAt } from '../manifest/field-path.ts';

/** How v1beta1 named the Service of an Ingress's backend, and its port. */
const OLD_FIELDS: readonly string[] = Object.freeze(['serviceName', 'servicePort']);

/**
 * What stands in place of a backend's old fields since networking.k8s.io/v1; undefined for any other field.
 * @param path of the field that is not known
 * @param object as it was given
 */
export function oldBackendHint(path: Path, object: unknown): string | undefined {
  const key = String(path.at(-1));
  const holder = valueAt(object, path.slice(0, -1));
  if (OLD_FIELDS.includes(key)) return `networking.k8s.io/v1 writes it anew: ${backend(holder)}`;
  const isOldDefault =
    path.length === 2 && key === 'backend' && OLD_FIELDS.some((each) => has(valueAt(object, path), each));
  return isOldDefault ? `networking.k8s.io/v1 calls it "defaultBackend": ${backend(valueAt(object, path))}` : undefined;
}

/** The same of an Ingress of an old version, whose fields nobody has looked at yet. */
export function oldIngressHint(object: unknown): string | undefined {
  const found = oldBackends(object)[0];
  return found && `its backends are written anew there: ${backend(found)}`;
}

function oldBackends(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = OLD_FIELDS.some((each) => has(value, each)) ? [value as Record<string, unknown>] : [];
  return [...own, ...Object.values(value).flatMap(oldBackends)];
}

/** `service: { name: web, port: { number: 80 } }` */
function backend(old: unknown): string {
  const { serviceName = 'NAME', servicePort = 80 } = (old ?? {}) as Record<string, unknown>;
  const port = /^\d+$/.test(String(servicePort)) ? `number: ${servicePort}` : `name: ${servicePort}`;
  return `service: { name: ${serviceName}, port: { ${port} } }`;
}

function has(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
