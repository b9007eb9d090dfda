import type { Reader } from '../../scenario/reader.ts';
import { isRole, type Role } from '../binding/roles.ts';
import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';

/** A request that a check sends from outside of the cluster. */
export interface RequestSpec {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly scheme: 'http' | 'https';
  /** Host header and TLS name: a literal, or a role whose first host is taken; '' for the address that is asked. */
  readonly host: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * The Service that is asked, instead of the ingress controller's load balancer: through its own load balancer, or, where it
   * has none, through the API server as a client inside of the cluster.
   */
  readonly to?: Selector;
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Reads a request; everything may be left out. */
export function readRequest(parent: Reader, field: string): RequestSpec {
  const reader = parent.object(field);
  reader.known(['method', 'path', 'scheme', 'host', 'headers', 'cookies', 'body', 'to']);
  return {
    method: reader.oneOf('method', METHODS, 'GET'),
    path: reader.textThat('path', '/', 'a path that begins with /', (text) => text.startsWith('/')),
    scheme: reader.oneOf('scheme', ['http', 'https'] as const, 'http'),
    host: reader.text('host', reader.has('to') ? '' : '$ingress'),
    headers: reader.record('headers'),
    cookies: reader.record('cookies'),
    ...(reader.has('body') && { body: reader.text('body', '') }),
    ...(reader.has('to') && { to: readSelector(reader, 'to', '$loadBalancer') }),
  };
}

/** `GET / with FOO: bar`, for sentences. */
export function describeRequest({ method, path, scheme, headers, cookies }: RequestSpec): string {
  const carried = [
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...Object.entries(cookies).map(([name, value]) => `cookie ${name}=${value}`),
  ];
  const what = `${method} ${scheme === 'https' ? 'https ' : ''}${path}`;
  return carried.length === 0 ? what : `${what} with ${carried.join(', ')}`;
}

/** Roles that a request speaks of. */
export function rolesOfRequest({ host, to }: RequestSpec): Role[] {
  return [...(isRole(host) ? [host] : []), ...(to === undefined ? [] : rolesOf(to))];
}
