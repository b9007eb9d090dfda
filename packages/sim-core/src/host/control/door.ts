import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { listen } from '../edge/listen.ts';
import { refuseUpgrade, SECURITY_HEADERS, sendMessage } from './answer.ts';
import { Connections } from './connections.ts';
import type { Feed, ReaderOrder } from './feed.ts';
import { checkFeed, checkHost, checkSession, checkWrite, type GuardOptions, isToken } from './guard.ts';
import { parseUrl } from './own-address.ts';
import { serveStatic } from './static-files.ts';

/** Handles what is no file: the control API, or the part of it that this door has. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A way in: its own port, names and token. */
export interface DoorOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly addresses: readonly string[];
  /** Under which names it answers, and who may come in, once it is known which port it has. */
  guard(port: number): GuardOptions;
  /** What its readers of the feed are. */
  readonly readers: ReaderOrder;
  /** Whether anything but GET and HEAD exists behind it. */
  readonly hasWrites: boolean;
  /** Most connections at a time; no limit without it. */
  readonly mostConnections?: number;
  /** Folder of the built page. */
  readonly uiDirectory: string;
  /** The API behind it, loaded with the first call. */
  loadApi(): Promise<Handler>;
  /** The feed, which all doors share. */
  loadFeed(): Promise<Feed>;
  /** Told of errors that are ours. */
  onError(error: unknown): void;
}

/** How long readers of the feed may take to answer the close, in milliseconds. */
const DRAIN = 500;
const READS: readonly string[] = Object.freeze(['GET', 'HEAD']);
const WRITES: readonly string[] = Object.freeze(['POST', 'PUT', 'PATCH', 'DELETE']);
const FEED_PATH = '/api/v1/feed';

/** A port that serves the page, its API and its feed to whoever has the token, under the rules of ui.md 4.6. */
export class Door {
  readonly #options: DoorOptions;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #connections: Connections;
  #guard: GuardOptions;
  #closeListener: () => void = () => {};
  #api: Promise<Handler> | undefined;
  port = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
    this.#guard = options.guard(0);
    this.#connections = new Connections(options.mostConnections);
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  /** @throws ListenError */
  async open(): Promise<void> {
    const { addresses, port } = this.#options;
    const listener = await listen(addresses, port, (socket) => {
      if (this.#connections.take(socket)) this.#server.emit('connection', socket);
    });
    this.port = listener.port;
    this.#closeListener = () => listener.close();
    this.#guard = this.#options.guard(listener.port);
  }

  /** The token that lets in here. */
  get token(): string {
    return this.#guard.token;
  }

  /** Stops to accept. */
  stopListening(): void {
    this.#closeListener();
  }

  /** Closes what is left, once it had time to end by itself. @param hasReaders whether anybody has to be waited for */
  async close(hasReaders: boolean): Promise<void> {
    if (hasReaders) {
      this.#server.closeIdleConnections();
      await this.#connections.ended(DRAIN);
    }
    this.#connections.destroy();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    try {
      const refusal = checkHost(request, this.#guard);
      if (refusal !== undefined) return sendMessage(response, refusal.status, refusal.message);
      if (!this.#options.hasWrites && !READS.includes(request.method ?? '')) return refuseWrite(request, response);
      await this.#route(request, response);
    } catch (error) {
      this.#options.onError(error);
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
    this.#api ??= this.#options.loadApi();
    (await this.#api)(request, response);
  }

  /** The token in a URL becomes a session cookie, and leaves the address bar. */
  #exchangeToken(url: URL, response: ServerResponse): void {
    if (!isToken(url.searchParams.get('token'), this.#guard)) {
      return sendMessage(response, 403, 'wrong token: open the link that the sandbox printed in the terminal');
    }
    url.searchParams.delete('token');
    response.setHeader(
      'Set-Cookie',
      `${this.#guard.cookieName}=${this.#guard.token}; HttpOnly; SameSite=Strict; Path=/`,
    );
    response.writeHead(303, { Location: `${url.pathname}${url.search}`, 'Cache-Control': 'no-store' });
    response.end();
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const refusal = checkHost(request, this.#guard) ?? this.#refuseFeed(request);
    if (refusal !== undefined) return refuseUpgrade(socket, refusal);
    try {
      const feed = await this.#options.loadFeed();
      feed.accept(request, socket, head, this.#options.readers);
    } catch (error) {
      this.#options.onError(error);
      socket.destroy();
    }
  }

  #refuseFeed(request: IncomingMessage): { status: number; message: string } | undefined {
    if (parseUrl(request)?.pathname !== FEED_PATH) return { status: 404, message: `the feed is at ${FEED_PATH}` };
    return checkFeed(request, this.#guard);
  }
}

function refuseWrite({ method }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Allow', 'GET, HEAD');
  sendMessage(response, 405, `${method} is not possible here: this page only looks`);
}
