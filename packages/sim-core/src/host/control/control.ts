import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listen } from '../edge/listen.ts';
import type { ControlActions } from './actions.ts';
import { refuseUpgrade, SECURITY_HEADERS, sendMessage } from './answer.ts';
import type { ControlCluster, ControlView } from './engine.ts';
import type { Feed, FeedOptions } from './feed.ts';
import { checkFeed, checkHost, checkSession, checkWrite, type GuardOptions, isToken } from './guard.ts';
import { guardFor, parseUrl } from './own-address.ts';
import { serveStatic } from './static-files.ts';

export interface ControlOptions {
  readonly cluster: ControlCluster;
  readonly view: ControlView;
  readonly actions: ControlActions;
  /** 0: any free port. */
  readonly port: number;
  /** Default loopback, IPv4 and (where it exists) IPv6. */
  readonly addresses?: readonly string[];
  /** Lets in whoever has it; see {@link newToken}. */
  readonly token: string;
  /** Where else our own page is reached: adds exactly that Host and Origin. */
  readonly publicUrl?: (port: number) => string | undefined;
  /** Folder of the built page. */
  readonly uiDirectory: string;
  /** Told of errors that are ours. */
  readonly onError?: (error: unknown) => void;
  /** Time and limits of the feed, for tests. */
  readonly feed?: Pick<FeedOptions, 'timer' | 'limits'>;
}

/** The control port of a running sandbox: page, API and feed. */
export interface Control {
  readonly port: number;
  /** Address of the page, without the token. */
  readonly url: string;
  /** Address of the page with the token, to be printed and opened once. */
  readonly link: string;
  /** Stops to accept, ends the feed, and closes what is left. */
  close(): Promise<void>;
}

/** How long readers of the feed may take to answer the close, in milliseconds. */
const DRAIN = 500;
const LOOPBACK: readonly string[] = Object.freeze(['127.0.0.1', '::1']);
const WRITES: readonly string[] = Object.freeze(['POST', 'PUT', 'PATCH', 'DELETE']);
const FEED_PATH = '/api/v1/feed';

/**
 * Binds the control port and serves. It is up at once: express and ws are loaded with the first request that needs them.
 * @throws ListenError
 */
export async function startControl(options: ControlOptions): Promise<Control> {
  const control = new RunningControl(options);
  await control.start();
  return control;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

class RunningControl implements Control {
  readonly #options: ControlOptions;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new Set<Socket>();
  #guard: GuardOptions;
  #publicUrl: string | undefined;
  #closeListener: () => void = () => {};
  #api: Promise<Handler> | undefined;
  #feed: Promise<Feed> | undefined;
  #runningFeed: Feed | undefined;
  port = 0;

  constructor(options: ControlOptions) {
    this.#options = options;
    this.#guard = guardFor(options.token, 0);
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  get url(): string {
    return this.#publicUrl ?? `http://127.0.0.1:${this.port}`;
  }

  get link(): string {
    return `${new URL(this.url).origin}/?token=${this.#options.token}`;
  }

  async start(): Promise<void> {
    const { addresses = LOOPBACK, port } = this.#options;
    const listener = await listen(addresses, port, (socket) => this.#accept(socket));
    this.port = listener.port;
    this.#closeListener = () => listener.close();
    this.#publicUrl = this.#options.publicUrl?.(listener.port);
    this.#guard = guardFor(this.#options.token, listener.port, this.#publicUrl);
  }

  async close(): Promise<void> {
    this.#closeListener();
    this.#runningFeed?.close();
    if (this.#sockets.size > 0 && this.#runningFeed !== undefined) await this.#drained();
    for (const socket of this.#sockets) socket.destroy();
  }

  #drained(): Promise<void> {
    this.#server.closeIdleConnections();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, DRAIN);
      const leave = () => {
        if (this.#sockets.size > 0) return;
        clearTimeout(timer);
        resolve();
      };
      for (const socket of this.#sockets) socket.once('close', leave);
    });
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#server.emit('connection', socket);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      const refusal = checkHost(request, this.#guard);
      if (refusal !== undefined) return sendMessage(response, refusal.status, refusal.message);
      await this.#route(request, response);
    } catch (error) {
      this.#options.onError?.(error);
      if (response.headersSent) response.destroy();
      else
        sendMessage(
          response,
          500,
          `internal error: ${error instanceof Error ? error.message : error}`,
          'InternalError',
        );
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = parseUrl(request);
    if (url === undefined) return sendMessage(response, 400, `${request.url} is no path`);
    if (url.pathname === '/healthz') return sendMessage(response, 200, 'ok');
    if (url.pathname === '/metrics' || url.pathname.startsWith('/api/')) return this.#serveApi(request, response);
    if (url.searchParams.has('token')) return this.#exchangeToken(url, response);
    await serveStatic(this.#options.uiDirectory, url.pathname, request, response);
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isWrite = WRITES.includes(request.method ?? '');
    const refusal = checkSession(request, this.#guard) ?? (isWrite ? checkWrite(request, this.#guard) : undefined);
    if (refusal !== undefined) return sendMessage(response, refusal.status, refusal.message);
    this.#api ??= this.#loadApi();
    (await this.#api)(request, response);
  }

  async #loadApi(): Promise<Handler> {
    const { createApi } = await import('./api.ts');
    return createApi({ ...this.#options, feedSeq: () => this.#runningFeed?.seq ?? 0 });
  }

  /** The token in a URL becomes a session cookie, and leaves the address bar. */
  #exchangeToken(url: URL, response: ServerResponse): void {
    if (!isToken(url.searchParams.get('token'), this.#guard)) {
      return sendMessage(response, 403, 'wrong token: open the link that the sandbox printed in the terminal');
    }
    url.searchParams.delete('token');
    response.setHeader(
      'Set-Cookie',
      `${this.#guard.cookieName}=${this.#options.token}; HttpOnly; SameSite=Strict; Path=/`,
    );
    response.writeHead(303, { Location: `${url.pathname}${url.search}`, 'Cache-Control': 'no-store' });
    response.end();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const refusal = checkHost(request, this.#guard) ?? this.#refuseFeed(request);
    if (refusal !== undefined) return refuseUpgrade(socket, refusal);
    try {
      this.#feed ??= this.#loadFeed();
      (await this.#feed).accept(request, socket, head);
    } catch (error) {
      this.#options.onError?.(error);
      socket.destroy();
    }
  }

  #refuseFeed(request: IncomingMessage): { status: number; message: string } | undefined {
    if (parseUrl(request)?.pathname !== FEED_PATH) return { status: 404, message: `the feed is at ${FEED_PATH}` };
    return checkFeed(request, this.#guard);
  }

  async #loadFeed(): Promise<Feed> {
    const { Feed } = await import('./feed.ts');
    this.#runningFeed = new Feed({ view: this.#options.view, ...this.#options.feed });
    return this.#runningFeed;
  }
}
