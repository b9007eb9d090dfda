import { hostname as machineName, networkInterfaces } from 'node:os';
import type { ControlActions } from '../../run/actions.ts';
import { Door, type DoorOptions } from './door.ts';
import type { ControlCluster, ControlView } from './engine.ts';
import type { Feed, FeedOptions } from './feed.ts';
import { guardFor, LOCAL_NAMES } from './own-address.ts';

export interface ControlOptions {
  readonly cluster: ControlCluster;
  readonly view: ControlView;
  readonly actions: ControlActions;
  /** 0: any free port. */
  readonly port: number;
  /** Default loopback, IPv4 and (where it exists) IPv6. */
  readonly addresses?: readonly string[];
  /** Lets in whoever has it. It may depend on the port. */
  readonly token: string | ((port: number) => string);
  /** Where else our own page is reached: adds exactly that Host and Origin. */
  readonly publicUrl?: (port: number) => string | undefined;
  /** Folder of the built page. */
  readonly uiDirectory: string;
  /** `conformance/deviations.yaml` of the package. */
  readonly deviationsFile: string;
  /** Folder of a class's results, for the user's own door only. */
  readonly classFolder?: string | undefined;
  /** Told of errors that are ours. */
  readonly onError?: (error: unknown) => void;
  /** Who listens to the feed's readers; its time and limits, for tests. */
  readonly feed?: Omit<FeedOptions, 'view'>;
}

/** The control port of a running sandbox: page, API and feed. */
export interface Control {
  readonly port: number;
  /** Address of the page, without the token. */
  readonly url: string;
  /** Address of the page with the token, to be printed and opened once. */
  readonly link: string;
  readonly token: string;
  /** Opens a second port where a class can look and do nothing else. @throws ListenError */
  openClassroom(options: ClassroomOptions): Promise<Classroom>;
  /** Stops to accept, ends the feed, and closes what is left. */
  close(): Promise<void>;
}

/** A port for a class; see {@link Control.openClassroom}. */
export interface ClassroomOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Default every address of this machine. */
  readonly addresses?: readonly string[];
  /** Lets in whoever has it, to look. */
  readonly token: string | ((port: number) => string);
  readonly publicUrl?: (port: number) => string | undefined;
}

/** Where a class looks on. */
export interface Classroom {
  readonly port: number;
  readonly token: string;
  /** Links with the viewer's token, one for each way to reach this machine; the best one first. */
  readonly links: readonly string[];
}

const LOOPBACK: readonly string[] = Object.freeze(['127.0.0.1', '::1']);
const EVERYWHERE: readonly string[] = Object.freeze(['0.0.0.0', '::']);
/** Tabs of one viewer. */
const MOST_PER_ADDRESS = 4;
/** Connections of a classroom: 64 feeds, and what their browsers keep open besides. */
const MOST_CONNECTIONS = 512;
/** Milliseconds between two looks at the cluster while nobody reads the feed. */
const GLANCE = 1000;

/**
 * Binds the control port and serves. It is up at once: express and ws are loaded with the first request that needs them.
 * @throws ListenError
 */
export async function startControl(options: ControlOptions): Promise<Control> {
  const control = new RunningControl(options);
  await control.start();
  return control;
}

class RunningControl implements Control {
  readonly #options: ControlOptions;
  readonly #door: Door;
  readonly #doors: Door[] = [];
  #feed: Promise<Feed> | undefined;
  #runningFeed: Feed | undefined;
  #classroom: Classroom | undefined;
  #glances: NodeJS.Timeout | undefined;

  constructor(options: ControlOptions) {
    this.#options = options;
    const { addresses = LOOPBACK, port } = options;
    this.#door = this.#newDoor({
      port,
      addresses,
      guard: guardOf(options),
      readers: { role: 'control' },
      hasWrites: true,
      loadApi: async () => (await import('./api.ts')).createApi(this.#apiParts()),
    });
  }

  get port(): number {
    return this.#door.port;
  }

  get token(): string {
    return this.#door.token;
  }

  get url(): string {
    return this.#options.publicUrl?.(this.port) ?? `http://127.0.0.1:${this.port}`;
  }

  get link(): string {
    return linkOf(this.url, this.token);
  }

  async start(): Promise<void> {
    await this.#door.open();
    // What the timeline remembers is what was looked at.
    this.#glances = setInterval(() => void this.#options.view.version, GLANCE).unref();
  }

  async openClassroom(options: ClassroomOptions): Promise<Classroom> {
    const { port, addresses = EVERYWHERE, publicUrl } = options;
    const door = this.#newDoor({
      port,
      addresses,
      guard: guardOf(options, [...LOCAL_NAMES, ...ownNames()]),
      // Behind a tunnel everybody has the tunnel's address.
      readers: { role: 'viewer', ...(publicUrl?.(port) === undefined && { mostPerAddress: MOST_PER_ADDRESS }) },
      hasWrites: false,
      mostConnections: MOST_CONNECTIONS,
      loadApi: async () => (await import('./viewer-api.ts')).createViewerApi(this.#apiParts()),
    });
    await door.open();
    const open = publicUrl?.(door.port);
    const urls = open === undefined ? ownNames().map((name) => `http://${name}:${door.port}`) : [open];
    const local = urls.length === 0 ? [`http://127.0.0.1:${door.port}`] : urls;
    this.#classroom = { port: door.port, token: door.token, links: local.map((url) => linkOf(url, door.token)) };
    return this.#classroom;
  }

  async close(): Promise<void> {
    clearInterval(this.#glances);
    for (const door of this.#doors) door.stopListening();
    this.#runningFeed?.close();
    await Promise.all(this.#doors.map((door) => door.close(this.#runningFeed !== undefined)));
  }

  #newDoor(options: Omit<DoorOptions, 'loadFeed' | 'onError' | 'uiDirectory'>): Door {
    const { uiDirectory, onError = () => {} } = this.#options;
    const door = new Door({ ...options, uiDirectory, onError, loadFeed: () => this.#loadFeed() });
    this.#doors.push(door);
    return door;
  }

  #apiParts() {
    return { ...this.#options, feedSeq: () => this.#runningFeed?.seq ?? 0, classroom: () => this.#classroom };
  }

  #loadFeed(): Promise<Feed> {
    this.#feed ??= import('./feed.ts').then(({ Feed }) => {
      this.#runningFeed = new Feed({ view: this.#options.view, ...this.#options.feed });
      return this.#runningFeed;
    });
    return this.#feed;
  }
}

function guardOf({ token, publicUrl }: ClassroomOptions, names = LOCAL_NAMES): DoorOptions['guard'] {
  return (port) =>
    guardFor(typeof token === 'string' ? token : token(port), port, { publicUrl: publicUrl?.(port), names });
}

function linkOf(url: string, token: string): string {
  return `${new URL(url).origin}/?token=${token}`;
}

/** Names of this machine for others: its addresses (IPv4 first), and what it is called. */
function ownNames(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outer = all.filter(({ internal, scopeid = 0 }) => !internal && scopeid === 0);
  const four = outer.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const six = outer.filter(({ family }) => family === 'IPv6').map(({ address }) => `[${address}]`);
  const name = machineName().toLowerCase();
  const called = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) ? [name, `${name.split('.')[0]}.local`] : [];
  return [...new Set([...four, ...six, ...called])];
}
