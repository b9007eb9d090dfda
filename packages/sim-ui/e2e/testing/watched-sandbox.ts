import type { Snapshot, SplitRow } from '@k8s-ingress-sandbox/sim-core/wire';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from '../../../../test/support/browser.ts';
import type { Sandbox, SandboxEvent } from '../../../../test/support/sandbox.ts';
import { LAUNCHER, Workspace } from '../../../../test/support/workspace.ts';

/** The window of a laptop. */
export const LAPTOP = { width: 1366, height: 768 };
const PORTS = ['http', 'https', 'ui', 'api', 'dns'];
/** The scenario that most checks look at, with a cloud that is quick. */
const CANARY: readonly string[] = Object.freeze(['canary.yaml', '--cloud-delay', '1s']);

/** What the `ready` line says of the control port. */
interface Ready {
  readonly control: string;
  readonly token: string;
  /** Address of the page with the token. */
  readonly ui: string;
  readonly http: string;
  readonly classroom?: string;
}

/** A page in a tab of its own profile, and what was noticed of it. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors on the console, and those that nobody caught. */
  readonly complaints: string[];
  /** Hosts that were asked for anything. */
  readonly hosts: Set<string>;
}

/** The real server with a fixed seed, and a browser that watches it. `start` in `beforeAll`, `close` in `afterAll`. */
export class WatchedSandbox {
  readonly place: Workspace;
  readonly browser: Browser;
  #sandbox: Sandbox;
  #ready: Ready;

  private constructor(place: Workspace, browser: Browser, sandbox: Sandbox, ready: Ready) {
    this.place = place;
    this.browser = browser;
    this.#sandbox = sandbox;
    this.#ready = ready;
  }

  /** @param args of `run`: the canary's scenario by default; a file must lie in `place` or be called `canary.yaml` */
  static async start(args: readonly string[] = [], place = new Workspace()): Promise<WatchedSandbox> {
    place.scenario('canary');
    const started = place.start(...withInput(args), '--output', 'json');
    const [browser, ready] = await Promise.all([launchChromium(), started.event('ready')]);
    return new WatchedSandbox(place, browser, started, ready as unknown as Ready);
  }

  /** One of our scenarios with its load balancers there at once, and everything in it running. */
  static async settled(scenario = 'canary'): Promise<WatchedSandbox> {
    const place = new Workspace();
    const sandbox = await WatchedSandbox.start([place.scenario(scenario), '--cloud-delay', '0s'], place);
    await sandbox.event('settled');
    return sandbox;
  }

  /** Address of the page without its token: the origin of the control port. */
  get control(): string {
    return this.#ready.control;
  }

  get token(): string {
    return this.#ready.token;
  }

  /** Where the edge takes http. */
  get http(): string {
    return this.#ready.http;
  }

  /** Link for a class; '' without `--classroom`. */
  get classroom(): string {
    return this.#ready.classroom ?? '';
  }

  get pid(): number {
    return this.#sandbox.process.pid as number;
  }

  /** Opens the page in a fresh profile, through the printed link; the profile ends with the test. @param hash with its `#` */
  async open(options: BrowserContextOptions = {}, hash = ''): Promise<Visit> {
    const context = await this.browser.newContext({ viewport: LAPTOP, ...options });
    onTestFinished(() => context.close());
    return this.openIn(context, hash);
  }

  /** Opens the page in one more tab of a profile. @param hash with its `#` */
  async openIn(context: BrowserContext, hash = ''): Promise<Visit> {
    const visit: Visit = { page: await context.newPage(), context, complaints: [], hosts: new Set() };
    const { page, complaints, hosts } = visit;
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(this.#ready.ui + hash);
    await page.locator('.map__heading').first().waitFor();
    return visit;
  }

  /** `GET /api/v1…` as the CLI asks. */
  async api<T>(path: string): Promise<T> {
    return (await (await this.call('GET', path)).json()) as T;
  }

  /** Any call of the control API with the token. */
  call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.control}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  snapshot(): Promise<Snapshot> {
    return this.api('/snapshot');
  }

  /** Row of the canary. */
  async split(): Promise<SplitRow> {
    const [row] = await this.api<SplitRow[]>('/split');
    if (row === undefined) throw new Error('no Ingress has a canary');
    return row;
  }

  /** The next line of that name that the server printed. */
  event(name: string, accept: (event: SandboxEvent) => boolean = () => true): Promise<SandboxEvent> {
    return this.#sandbox.event(name, accept);
  }

  /** Kills the server as nothing that it could prepare for. */
  async kill(): Promise<void> {
    await this.#sandbox.kill();
  }

  /** Starts it again where it was: the same control port. */
  async restart(args: readonly string[] = []): Promise<void> {
    const { port } = new URL(this.control);
    const ports = PORTS.flatMap((name) => [`--${name}-port`, name === 'ui' ? port : '0']);
    const started = [LAUNCHER, ...withInput(args), '--output', 'json', ...ports];
    this.#sandbox = this.place.spawn(process.execPath, ...started);
    this.#ready = (await this.#sandbox.event('ready')) as unknown as Ready;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.place.clear();
  }
}

/** Flags alone belong to the canary's scenario. */
function withInput(args: readonly string[]): readonly string[] {
  const [first = '--'] = args;
  return first.startsWith('--') ? [...CANARY, ...args] : args;
}
