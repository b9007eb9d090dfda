import type { Ingress } from '../../api/networking-v1/ingress.ts';

/** Prefix of the annotations that ingress-nginx reads. */
export const NGINX = 'nginx.ingress.kubernetes.io/';

/** One path of one rule, and the Service that it leads to. */
export interface IngressRoute {
  readonly host: string;
  readonly path: string;
  readonly service: string;
  /** Where it stands, `spec.rules[0].http.paths[1]`. */
  readonly field: string;
}

/** Value of an annotation of ingress-nginx. */
export function annotationOf({ metadata }: Ingress, name: string): string | undefined {
  return metadata.annotations?.[NGINX + name];
}

/** Whether it is an alternative of another Ingress (Go's strconv.ParseBool decides what is true). */
export function isCanary(ingress: Ingress): boolean {
  return /^(1|t|T|true|TRUE|True)$/.test(annotationOf(ingress, 'canary') ?? '');
}

/** Annotations of a canary, whether it says that it is one or not. */
export function canaryAnnotations({ metadata }: Ingress): string[] {
  return Object.keys(metadata.annotations ?? {}).filter((name) => name.startsWith(`${NGINX}canary`));
}

/** Every path with its Service, the default backend last. */
export function routesOf({ spec }: Ingress): IngressRoute[] {
  const routes = (spec.rules ?? []).flatMap(({ host = '', http }, rule) =>
    (http?.paths ?? []).flatMap(({ path = '/', backend }, index): IngressRoute[] => {
      const service = backend.service?.name;
      const field = `spec.rules[${rule}].http.paths[${index}]`;
      return service === undefined ? [] : [{ host, path, service, field }];
    }),
  );
  const fallback = spec.defaultBackend?.service?.name;
  return fallback === undefined
    ? routes
    : [...routes, { host: '', path: '/', service: fallback, field: 'spec.defaultBackend' }];
}

/** Paths of a main Ingress for which the canary is an alternative: same host, same path. */
export function sharedRoutes(main: Ingress, canary: Ingress): IngressRoute[] {
  const others = routesOf(canary);
  return routesOf(main).filter((route) => others.some(({ host, path }) => host === route.host && path === route.path));
}

/** The first host that it names; '' for one that answers to all. */
export function hostOf({ spec }: Ingress): string {
  return spec.rules?.find(({ host }) => host !== undefined && host !== '')?.host ?? '';
}
