import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { HttpResponse } from '../../workloads/workload.ts';
import { endLingering, mustLinger } from './lingering.ts';
import { isRedirect, withHttpsPort } from './redirect.ts';
import { drainOf } from './streams.ts';

/** What a response needs to know of the connection that it goes out on. */
export interface ResponseOwner {
  /** Port that redirects to https of this host get on the wire; undefined: they stay as they are. */
  redirectPort(): number | undefined;
  /** Host of the request, lower case without port. */
  readonly host: string;
  /** Told once, when nothing more will be written. */
  responded(): void;
}

/** A node response as the engine writes to it: head and body go out in one piece where they are one piece. */
export class EdgeResponse implements HttpResponse {
  readonly #response: ServerResponse;
  readonly #owner: ResponseOwner;
  #ended = false;
  /** The connection closes after this answer. */
  #closes = false;

  constructor(response: ServerResponse, owner: ResponseOwner) {
    this.#response = response;
    this.#owner = owner;
  }

  get closed(): boolean {
    return this.#ended || this.#response.destroyed;
  }

  /** nginx sends `Connection: keep-alive` without a Keep-Alive header, so the former is set for answers that have none. */
  writeHead(status: number, headers: readonly string[]): void {
    if (this.closed) return;
    const port = isRedirect(status) ? this.#owner.redirectPort() : undefined;
    const located = port === undefined ? headers : withHttpsPort(headers, this.#owner.host, port);
    const connection = connectionHeader(located);
    const persistent = this.#response.shouldKeepAlive;
    this.#closes = !persistent || connection?.toLowerCase() === 'close';
    this.#send(status, persistent && connection === undefined ? [...located, 'Connection', 'keep-alive'] : located);
  }

  write(chunk: Uint8Array | string): boolean {
    return this.closed || this.#response.write(chunk);
  }

  drained(): Promise<void> {
    return this.closed || !this.#response.writableNeedDrain ? Promise.resolve() : drainOf(this.#response);
  }

  end(chunk?: Uint8Array | string): void {
    if (this.closed) return;
    this.#ended = true;
    if (mustLinger(this.#response, this.#closes)) endLingering(this.#response, chunk);
    else this.#response.end(chunk);
    this.#owner.responded();
  }

  destroy(): void {
    if (this.#ended) return;
    this.#ended = true;
    const { socket } = this.#response;
    if (socket !== null && socket.constructor === Socket) socket.resetAndDestroy();
    else this.#response.destroy();
    this.#owner.responded();
  }

  onClose(callback: () => void): void {
    this.#response.once('close', () => {
      if (!this.#response.writableFinished) callback();
    });
  }

  #send(status: number, headers: readonly string[]): void {
    try {
      this.#response.writeHead(status, headers as string[]);
    } catch {
      this.#response.writeHead(status, sendable(headers));
    }
  }
}

function connectionHeader(headers: readonly string[]): string | undefined {
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] as string;
    if (name.length === 10 && name.toLowerCase() === 'connection') return headers[i + 1];
  }
  return undefined;
}

/** What node refuses to write, as nginx would send it: text outside Latin-1 as its UTF-8 bytes, no line breaks, no broken names. */
function sendable(headers: readonly string[]): string[] {
  const sent: string[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const name = headers[i] as string;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue;
    const bytes = Buffer.from(headers[i + 1] as string, 'utf8').toString('latin1');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these may not stand in a header
    sent.push(name, bytes.replace(/[\x00-\x08\x0a-\x1f\x7f]/g, ''));
  }
  return sent;
}
