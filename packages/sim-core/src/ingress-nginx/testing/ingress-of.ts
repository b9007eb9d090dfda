import { formatTime, VIRTUAL_EPOCH } from '../../sim/clock.ts';

/** A path of a rule: Service, or Service and path type. */
type PathSpec = string | { service: string; port?: number | string; pathType?: string };

/** What {@link ingressOf} may be told; everything may be left out. */
export interface IngressOptions {
  readonly host?: string;
  readonly paths?: Readonly<Record<string, PathSpec>>;
  /** Without prefix. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Seconds after the epoch of virtual time. */
  readonly age?: number;
  readonly namespace?: string;
  readonly ingressClassName?: string;
  readonly tls?: readonly { hosts?: string[]; secretName?: string }[];
  readonly defaultBackend?: string;
}

/** An Ingress of class nginx for one host, without boilerplate. */
export function ingressOf(name: string, options: IngressOptions = {}): unknown {
  const { host, paths = {}, annotations = {}, age = 0, namespace = 'default', ingressClassName = 'nginx' } = options;
  const prefixed = Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]);
  const http = { paths: Object.entries(paths).map(([path, spec]) => pathOf(path, spec)) };
  const rule = http.paths.length === 0 ? undefined : { ...(host === undefined ? {} : { host }), http };
  const backend = options.defaultBackend;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      annotations: Object.fromEntries(prefixed),
      creationTimestamp: formatTime(VIRTUAL_EPOCH + age * 1000),
    },
    spec: {
      ...(ingressClassName === '' ? {} : { ingressClassName }),
      ...(rule === undefined ? {} : { rules: [rule] }),
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(backend === undefined ? {} : { defaultBackend: { service: { name: backend, port: { number: 80 } } } }),
    },
  };
}

function pathOf(path: string, spec: PathSpec): unknown {
  const { service, port = 80, pathType = 'Prefix' } = typeof spec === 'string' ? { service: spec } : spec;
  const backend = { service: { name: service, port: typeof port === 'number' ? { number: port } : { name: port } } };
  return { path, pathType, backend };
}
