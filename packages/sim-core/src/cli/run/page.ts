import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startControl } from '../../host/control/control.ts';
import type { Edge } from '../../host/edge/edge.ts';
import { type Cluster, createClusterView } from '../../index.ts';
import type { DoctorFinding } from '../../wire.ts';
import { packageRoot } from '../package-root.ts';
import type { RunActions } from './control-actions.ts';

/** The page and control API of a run. */
export interface Page {
  readonly port: number;
  readonly url: string;
  /** With the token, to be opened once. */
  readonly link: string;
  readonly token: string;
  close(): Promise<void>;
}

/** What the page shows and does. */
export interface PageParts {
  readonly cluster: Cluster;
  readonly edge: Edge;
  readonly actions: RunActions;
  readonly port: number;
  readonly publicUrl: string | undefined;
  findings(): DoctorFinding[];
  onError(error: unknown): void;
}

/** Where the simulation differs from the real thing, in a sentence each. */
const DEVIATIONS: readonly string[] = Object.freeze([
  'Simulated: images do not run; built-in programs answer for them.',
  'The proxy behaves as ingress-nginx v1.15.1.',
  'A load balancer is ready after seconds; on AWS it takes minutes.',
]);

/** Serves the page on this machine. @throws ListenError */
export async function startPage({
  cluster,
  edge,
  actions,
  port,
  publicUrl,
  findings,
  onError,
}: PageParts): Promise<Page> {
  const token = randomBytes(16).toString('hex');
  const view = createClusterView(cluster, {
    epoch: randomBytes(8).toString('hex'),
    urlOf: (service, servicePort) => {
      const own = edge.loadBalancers().find(({ namespace, name }) => `${namespace}/${name}` === service);
      return own?.ports.find((each) => each.port === servicePort)?.url ?? '';
    },
    addresses: () => ({ http: `http://127.0.0.1:${edge.httpPort}`, https: `https://127.0.0.1:${edge.httpsPort}` }),
    findings,
    files: () => actions.files(),
    deviations: DEVIATIONS,
  });
  const control = await startControl({
    cluster,
    view,
    actions,
    port,
    token,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    uiDirectory: join(packageRoot(), 'dist', 'ui'),
    onError,
  });
  return {
    port: control.port,
    url: `http://127.0.0.1:${control.port}`,
    link: control.link,
    token,
    close: () => control.close(),
  };
}
