import { type ControlActions, type InPageSandbox, wireDeviations } from '@k8s-ingress-sandbox/sim-core/in-page';
import { TransportError } from '../transport/transport.ts';

/** What stands behind the path of a call, as the page makes it. */
interface Call {
  readonly query: URLSearchParams;
  readonly body: unknown;
}

type Answer = (sandbox: InPageSandbox, call: Call) => unknown;

interface ApplyOrder {
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly dryRun?: boolean;
}

type ExplainOrder = Parameters<ControlActions['explain']>[0];

/** Calls of the control API that the engine in the page answers as a server does, by method and path from `/api/v1` on. */
const ROUTES: Readonly<Record<string, Answer>> = Object.freeze({
  'POST /apply': ({ actions }, { body }) => apply(actions, body as ApplyOrder),
  'POST /reset': ({ actions }) => ({ rev: actions.reset() }),
  'GET /export': ({ actions }) => ({ manifests: actions.export() }),
  'POST /explain': ({ actions }, { body }) => actions.explain(body as ExplainOrder),
  'GET /nginx-conf': async ({ actions }) => found(await actions.nginxConf({}), 'no ingress controller runs'),
  'GET /kubectl': ({ actions }) => actions.kubectlCommands(),
  'GET /schemas': ({ actions }, { query }) => actions.schemas(query.get('groupVersion') ?? ''),
  'GET /deviations': async () => wireDeviations((await import('../../../../conformance/deviations.yaml?raw')).default),
  'GET /annotations': ({ actions }) => actions.annotations(),
});

/** Answers a call. @throws TransportError refused, where only a server has the answer; what the engine throws */
export function answer(sandbox: InPageSandbox, method: string, path: string, body: unknown): unknown {
  const [name = '', query = ''] = path.split('?');
  const route = `${method} ${name}`;
  if (!Object.hasOwn(ROUTES, route)) {
    const why = `This page has no server behind it, and ${name} needs one`;
    throw new TransportError('refused', `${why}: npx k8s-ingress-sandbox starts one on your machine.`);
  }
  return ROUTES[route]?.(sandbox, { query: new URLSearchParams(query), body });
}

/** @throws TransportError with every problem at its place, as a server's 422 has them */
function apply(actions: ControlActions, { files, dryRun = false }: ApplyOrder): unknown {
  const { rev, objects, errors } = actions.apply(files, { dryRun });
  if (errors.length === 0) return { rev, objects };
  throw new TransportError('refused', errors.map(({ message }) => message).join('\n'), { rev, objects, errors });
}

/** @throws TransportError refused */
function found<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new TransportError('refused', otherwise);
  return value;
}
