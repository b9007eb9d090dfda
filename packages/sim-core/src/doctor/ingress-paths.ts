import type { Ingress, IngressBackend } from '../api/networking-v1/ingress.ts';
import { portOf } from '../ingress-nginx/model/upstreams.ts';
import type { ObjectName } from '../wire.ts';
import { nameOf } from './finding.ts';

/** A path of an Ingress as it is written, with its place. */
export interface PathView {
  readonly ingress: Ingress;
  readonly object: ObjectName;
  /** '' for a rule without host. */
  readonly host: string;
  readonly path: string;
  readonly pathType: 'Exact' | 'Prefix';
  readonly backend: IngressBackend;
  /** `spec.rules[0].http.paths[1]`, or `spec.defaultBackend`. */
  readonly field: string;
}

/** Every path of an Ingress, in order; missing paths are `/`, ImplementationSpecific is Prefix, as ingress-nginx reads them. */
export function pathsOf(ingress: Ingress): PathView[] {
  const object = nameOf(ingress);
  return (ingress.spec.rules ?? []).flatMap(({ host = '', http }, rule) =>
    (http?.paths ?? []).map(
      ({ path, pathType, backend }, index): PathView => ({
        ingress,
        object,
        host,
        path: path || '/',
        pathType: pathType === 'Exact' ? 'Exact' : 'Prefix',
        backend,
        field: `spec.rules[${rule}].http.paths[${index}]`,
      }),
    ),
  );
}

/** Everything that an Ingress sends requests to: its paths, and its default backend. */
export function backendsOf(ingress: Ingress): PathView[] {
  const { defaultBackend } = ingress.spec;
  const paths = pathsOf(ingress);
  if (defaultBackend === undefined) return paths;
  const object = nameOf(ingress);
  return [
    ...paths,
    { ingress, object, host: '', path: '/', pathType: 'Prefix', backend: defaultBackend, field: 'spec.defaultBackend' },
  ];
}

/** Field of the host of a path's rule. */
export function hostField({ field }: { field: string }): string {
  return field.includes('.http.') ? `${field.slice(0, field.indexOf('.http.'))}.host` : field;
}

/** Field of a path's Service name, and of its port. */
export function backendFields({ field, backend }: PathView): { name: string; port: string } {
  const root = field === 'spec.defaultBackend' ? field : `${field}.backend`;
  const key = backend.service?.port?.number !== undefined && backend.service.port.number > 0 ? 'number' : 'name';
  return { name: `${root}.service.name`, port: `${root}.service.port.${key}` };
}

/** `shop.test/api (Prefix)`; `any host` for a rule without one. */
export function spellPath({ host, path, pathType }: Pick<PathView, 'host' | 'path' | 'pathType'>): string {
  return `${host === '' || host === '_' ? 'any host, ' : host}${path} (${pathType})`;
}

/** Service and port of a path: `default/web:3000`. */
export function spellBackend({ ingress, backend }: PathView): string {
  return `${ingress.metadata.namespace}/${backend.service?.name}:${portOf(backend.service)}`;
}
