import type { ReaderNews } from '../../host/control/feed.ts';
import { startDnsServer } from '../../host/dns/server.ts';
import { type Edge, type EdgeOptions, startEdge } from '../../host/edge/edge.ts';
import { ListenError, type Listener } from '../../host/edge/listen.ts';
import { type KubeconfigContext, kubeconfigPath } from '../../host/kubeconfig.ts';
import type { ReadyLine } from '../../host/run-file.ts';
import type { Cluster } from '../../index.ts';
import type { ControlActions } from '../../run/actions.ts';
import type { DoctorFinding } from '../../wire.ts';
import { CliError, EXIT } from '../exit-codes.ts';
import { type Addresses, type BoundEdge, LOOPBACK, readBind, toLoadBalancer } from './addresses.ts';
import { type Kubernetes, startKubernetesApi } from './kubernetes.ts';
import { type Page, startPage } from './page.ts';
import { bindPort, movedPortsBox } from './ports.ts';
import { type PublicUrl, publicUrlFor } from './public-url.ts';
import { DEFAULT_PORTS, type RunFlags } from './run-flags.ts';

/** What sockets are opened for. */
export interface SocketParts {
  readonly cluster: Cluster;
  readonly actions: ControlActions;
  readonly flags: RunFlags;
  /** Flags that the user gave, as opposed to defaults. */
  readonly given: ReadonlySet<string>;
  readonly environment: NodeJS.ProcessEnv;
  readonly onProblem: NonNullable<EdgeOptions['onProblem']>;
  readonly onLoadBalancer: NonNullable<EdgeOptions['onLoadBalancer']>;
  findings(): DoctorFinding[];
  onReader(reader: ReaderNews): void;
  onError(error: unknown): void;
}

/** Everything of a run that listens. */
export interface Sockets {
  readonly addresses: Addresses;
  /** The page with its token. */
  readonly link: string;
  readonly ports: number[];
  /** How kubectl reaches the Kubernetes API. */
  readonly kubernetes: Omit<KubeconfigContext, 'name'>;
  /** What a person should know of them: moved ports in a box, who else can reach the edge; '' for nothing. */
  readonly notes: string;
  readyLine(seed: string | number): ReadyLine;
  /** Resolves when every load balancer that answers now has its own ports, and was told. */
  announced(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the edge and the page. @throws CliError environment when a port cannot be had */
export async function openSockets(parts: SocketParts): Promise<Sockets> {
  const bound = readBind(parts.flags.bind);
  const publicUrl = publicUrlFor(parts.flags['public-url'], parts.environment);
  const edge = await openEdge(parts, bound);
  const addresses: Addresses = {
    http: `http://${bound.host}:${edge.httpPort}`,
    https: `https://${bound.host}:${edge.httpsPort}`,
    toLoadBalancer: (url) => toLoadBalancer(url, edge.loadBalancers()),
  };
  const opened: { close(): void | Promise<void> }[] = [edge];
  const open = async <T extends { close(): void | Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const done = await opening;
    opened.push(done);
    return done;
  };
  try {
    const page = await open(openPage(parts, edge, addresses, publicUrl));
    const kubernetes = await open(openKubernetes(parts));
    const dns = await open(openNameServer(parts));
    return new OpenSockets(parts, { bound, edge, page, kubernetes, dns, addresses, opened });
  } catch (error) {
    await Promise.all(opened.map((each) => each.close()));
    throw error;
  }
}

function openPage(parts: SocketParts, edge: Edge, addresses: Addresses, publicUrl: PublicUrl): Promise<Page> {
  const { cluster, actions, findings, onReader, onError, flags } = parts;
  const told = { findings, onReader, onError };
  const given = { cluster, actions, ...told, publicUrl, classroomPort: flags.classroom, classFolder: flags.class };
  const pageParts = { ...given, addresses: () => addresses, balancers: () => edge.loadBalancers() };
  return bindFor(parts, 'ui-port', (port) => bindClassroom(flags.classroom, () => startPage({ ...pageParts, port })));
}

/** A classroom's port was named on purpose: it moves nowhere. @throws CliError environment */
async function bindClassroom<T>(port: number | undefined, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ListenError) || error.port !== port) throw error;
    const words = `--classroom ${port}: ${error.message}\n  Name another port, or 0 for any free one.`;
    throw new CliError(EXIT.environment, words);
  }
}

function openKubernetes(parts: SocketParts): Promise<Kubernetes> {
  const { cluster, flags, onError } = parts;
  const access = { plain: flags['api-http'] === true, auditLogPath: flags['audit-log-path'] };
  return bindFor(parts, 'api-port', (port) => startKubernetesApi({ cluster, port, ...access, onError }));
}

function openNameServer(parts: SocketParts): Promise<Listener> {
  const { cluster, onError } = parts;
  const source = { query: cluster.network.query, serial: () => cluster.client.revision };
  return bindFor(parts, 'dns-port', (port) => startDnsServer({ source, addresses: LOOPBACK, port, onError }));
}

interface OpenParts {
  readonly bound: BoundEdge;
  readonly edge: Edge;
  readonly page: Page;
  readonly kubernetes: Kubernetes;
  readonly dns: Listener;
  readonly addresses: Addresses;
  /** Everything that has to be closed in the end. */
  readonly opened: readonly { close(): void | Promise<void> }[];
}

class OpenSockets implements Sockets {
  readonly addresses: Addresses;
  readonly kubernetes: Omit<KubeconfigContext, 'name'>;
  readonly #parts: SocketParts;
  readonly #open: OpenParts;

  constructor(parts: SocketParts, open: OpenParts) {
    this.#parts = parts;
    this.#open = open;
    this.addresses = open.addresses;
    this.kubernetes = open.kubernetes.access;
  }

  get link(): string {
    return this.#open.page.link;
  }

  get ports(): number[] {
    const { edge, page, kubernetes, dns } = this.#open;
    const classroom = page.classroom === undefined ? [] : [page.classroom.port];
    return [edge.httpPort, edge.httpsPort, page.port, kubernetes.port, dns.port, ...classroom];
  }

  get notes(): string {
    const { flags } = this.#parts;
    const [http, https, ui, api, dns] = this.ports;
    const actual = { 'http-port': http, 'https-port': https, 'ui-port': ui, 'api-port': api, 'dns-port': dns };
    const box = flags.another === true ? '' : movedPortsBox({ ...DEFAULT_PORTS, ...flags }, actual);
    const open = this.#open.bound.isLoopback
      ? ''
      : `Other machines can reach the edge, because of --bind ${flags.bind}.`;
    return [box, open, this.#classNote(), this.#classroomNote()].filter((text) => text !== '').join('\n');
  }

  readyLine(seed: string | number): ReadyLine {
    const { http, https } = this.addresses;
    const { link, url, token, classroom } = this.#open.page;
    const reached = {
      http,
      https,
      ui: link,
      control: url,
      token,
      kubernetes: this.kubernetes.server,
      kubeconfig: kubeconfigPath(),
      dns: `127.0.0.1:${this.#open.dns.port}`,
      ...(classroom === undefined ? {} : { classroom: classroom.links[0] ?? '' }),
    };
    return { event: 'ready', ...reached, seed, pid: process.pid };
  }

  #classNote(): string {
    const folder = this.#parts.flags.class;
    return folder === undefined
      ? ''
      : `The results in ${folder} are shown, as they come, at\n  ${this.link}#view=class`;
  }

  #classroomNote(): string {
    const { classroom } = this.#open.page;
    if (classroom === undefined) return '';
    const lines = classroom.links.map((link) => `  ${link}`);
    return ['A class can look on, and do nothing else, at', ...lines].join('\n');
  }

  announced(): Promise<void> {
    return this.#open.edge.ready();
  }

  async close(): Promise<void> {
    await Promise.all(this.#open.opened.map((each) => each.close()));
  }
}

function openEdge(parts: SocketParts, { addresses, isLoopback }: BoundEdge): Promise<Edge> {
  const { cluster, onProblem, onError, onLoadBalancer } = parts;
  const start = (httpPort: number, httpsPort: number) =>
    startEdge({
      engine: cluster.edge,
      httpPort,
      httpsPort,
      addresses,
      wellKnownPorts:
        isLoopback && httpPort === DEFAULT_PORTS['http-port'] && httpsPort === DEFAULT_PORTS['https-port'],
      onProblem,
      onError,
      onLoadBalancer,
    });
  return bindFor(parts, 'http-port', (http) => bindFor(parts, 'https-port', (https) => start(http, https)));
}

function bindFor<T>(
  { flags, given }: SocketParts,
  flag: keyof typeof DEFAULT_PORTS,
  bind: (port: number) => Promise<T>,
): Promise<T> {
  const number = flags[flag] ?? DEFAULT_PORTS[flag];
  // Who names a port for the edge starts a second sandbox on purpose; nobody thinks of the others then.
  const yields = (flag === 'dns-port' || flag === 'api-port') && given.has('http-port');
  return bindPort({ flag, number, given: given.has(flag), another: flags.another === true, yields }, bind);
}
