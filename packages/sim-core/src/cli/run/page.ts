import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Classroom, type Control, startControl } from '../../host/control/control.ts';
import type { ReaderNews } from '../../host/control/feed.ts';
import { type PageRole, pageTokens } from '../../host/page-secret.ts';
import { type Cluster, createClusterView } from '../../index.ts';
import type { ControlActions } from '../../run/actions.ts';
import type { DoctorFinding } from '../../wire.ts';
import { packageRoot } from '../package-root.ts';
import type { Addresses, OwnPort } from './addresses.ts';
import type { PublicUrl } from './public-url.ts';

/** The page and control API of a run. */
export interface Page {
  readonly port: number;
  /** On this machine, without the token. */
  readonly url: string;
  /** With the token, to be opened once. */
  readonly link: string;
  readonly token: string;
  /** Where a class looks on; undefined without `--classroom`. */
  readonly classroom: Classroom | undefined;
  close(): Promise<void>;
}

/** What the page shows and does. */
export interface PageParts {
  readonly cluster: Cluster;
  readonly actions: ControlActions;
  /** 0: any free one. */
  readonly port: number;
  readonly publicUrl: PublicUrl;
  addresses(): Pick<Addresses, 'http' | 'https'>;
  balancers(): readonly (OwnPort & { readonly namespace: string; readonly name: string })[];
  /** Port of the classroom; undefined opens none. */
  readonly classroomPort: number | undefined;
  /** Folder of `--class`; undefined without it. */
  readonly classFolder: string | undefined;
  findings(): DoctorFinding[];
  onReader(reader: ReaderNews): void;
  onError(error: unknown): void;
}

/** Serves the page on this machine. @throws ListenError */
export async function startPage(parts: PageParts): Promise<Page> {
  const { cluster, actions, port, publicUrl, addresses, balancers, findings, onError, onReader, classFolder } = parts;
  const tokens = pageTokens();
  const view = createClusterView(cluster, {
    epoch: randomBytes(8).toString('hex'),
    urlOf: (service, servicePort) => {
      const own = balancers().find(({ namespace, name }) => `${namespace}/${name}` === service);
      return own?.ports.find((each) => each.port === servicePort)?.url ?? '';
    },
    addresses,
    findings,
    files: () => [...actions.files()],
  });
  const uiDirectory = join(packageRoot(), 'dist', 'ui');
  const deviationsFile = join(packageRoot(), 'conformance', 'deviations.yaml');
  const token = (actual: number) => tokens('control', actual);
  const feed = { onReader };
  const files = { uiDirectory, deviationsFile, classFolder };
  const control = await startControl({ cluster, view, actions, port, token, publicUrl, ...files, onError, feed });
  return {
    port: control.port,
    url: `http://127.0.0.1:${control.port}`,
    link: control.link,
    token: control.token,
    classroom: await openClassroom(control, tokens, parts),
    close: () => control.close(),
  };
}

/** @throws ListenError once nothing of the page listens any more */
async function openClassroom(
  control: Control,
  tokens: (role: PageRole, port: number) => string,
  { classroomPort, publicUrl }: PageParts,
): Promise<Classroom | undefined> {
  if (classroomPort === undefined) return undefined;
  try {
    const token = (port: number) => tokens('viewer', port);
    return await control.openClassroom({ port: classroomPort, token, publicUrl });
  } catch (error) {
    await control.close();
    throw error;
  }
}
