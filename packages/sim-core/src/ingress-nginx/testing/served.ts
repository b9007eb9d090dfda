import { type Echo, echoOf } from '../../conformance/ingress-nginx/backends.ts';
import { headerValue, type Workload } from '../../workloads/workload.ts';
import { type IngressOptions, ingressOf } from './ingress-of.ts';
import type { TestAnswer, TestRequest } from './test-client.ts';
import { TestIngress } from './test-ingress.ts';

/** An answer with what a test asks of it. */
export interface Served extends TestAnswer {
  readonly location: string | undefined;
  readonly echo: Echo | undefined;
  header(lowerCaseName: string): string | undefined;
}

/**
 * One Ingress for `app.test` in front of a Service `web` with two pods, and a controller that runs: for tests of what an
 * annotation does to requests.
 */
export function serve(
  annotations: Readonly<Record<string, string>>,
  options: {
    paths?: IngressOptions['paths'];
    prepare?(world: TestIngress): void;
    endpoints?: number;
    behaviour?: string;
    tls?: boolean;
    /** Data of the controller's ConfigMap. */
    configMap?: Readonly<Record<string, string>>;
  } = {},
) {
  const world = new TestIngress();
  world.service('web', options.endpoints ?? 2, options.behaviour);
  options.prepare?.(world);
  if (options.configMap !== undefined) world.configure(options.configMap);
  const tls = options.tls === true ? { tls: [{ hosts: ['app.test'], secretName: 'none' }] } : {};
  world.load([ingressOf('web', { host: 'app.test', paths: options.paths ?? { '/': 'web' }, annotations, ...tls })]);
  const replica = world.start();
  const get = async (path = '/', request: Omit<TestRequest, 'path'> = {}): Promise<Served> => {
    const answer = await world.send({ host: 'app.test', path, ...request });
    const header = (name: string) => headerValue(answer.headers, name);
    return { ...answer, header, location: header('location'), echo: echoOf(answer) };
  };
  return { world, replica, get };
}

/** A Secret with plain values. */
export function secretOf(name: string, data: Readonly<Record<string, string>>, namespace = 'default'): unknown {
  const encoded = Object.entries(data).map(([key, value]) => [key, btoa(value)]);
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data: Object.fromEntries(encoded) };
}

/** A ConfigMap. */
export function configMapOf(name: string, data: Readonly<Record<string, string>>, namespace = 'default'): unknown {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

/** A program that answers with a status and headers, and remembers what it was asked. */
export function recorder(status: (path: string) => number, headers: readonly string[] = []) {
  const asked: { method: string; url: string; headers: readonly string[]; body: string }[] = [];
  const workload: Workload = {
    http: (request, response) => {
      const { method, url } = request;
      const entry = { method, url, headers: request.headers, body: '' };
      asked.push(entry);
      if (request.body !== undefined)
        void new Response(request.body).text().then((body) => Object.assign(entry, { body }));
      response.writeHead(status(url.split('?')[0] ?? ''), [...headers, 'Content-Length', '0']);
      response.end();
    },
  };
  return { workload, asked };
}
