import { intern } from '../../workloads/intern.ts';
import type { CompiledLocation } from './compile.ts';
import type { RequestContext } from './request-context.ts';
import type { Running } from './running.ts';

/** Headers that a pod gets with every request of this head (proxy-headers.ts). */
export interface PassedHeaders {
  readonly location: CompiledLocation;
  /** Flat. */
  readonly headers: readonly string[];
  /** Where the request's own id stands among them; 0 where it has none. */
  readonly idAt: number;
}

/**
 * What the head of a request says that its sender sends again and again as it is, as load generators do: it is read once for each
 * configuration. Senders that know nothing of the kind leave it out.
 */
export class RequestMemo {
  #running: Running | undefined;
  #httpHost = '';
  #headLength = 0;
  #contentLength = -1;
  #chunked = false;
  #upgrade = '';
  #requestId = '';
  #forwardedFor = '';
  #forwardedHost = '';
  #forwardedPort = '';
  #forwardedProto = '';
  #remoteAddr = '';
  #host = '';
  #path = '';
  #args: string | undefined = undefined;
  #passed: PassedHeaders | undefined = undefined;

  /** Fills in what the head says. @returns false where it has to be read */
  recall(context: RequestContext): boolean {
    if (this.#running !== context.running) return false;
    context.httpHost = this.#httpHost;
    context.headLength = this.#headLength;
    context.contentLength = this.#contentLength;
    context.chunked = this.#chunked;
    context.upgrade = this.#upgrade;
    context.requestId = this.#requestId;
    context.forwardedFor = this.#forwardedFor;
    context.forwardedHost = this.#forwardedHost;
    context.forwardedPort = this.#forwardedPort;
    context.forwardedProto = this.#forwardedProto;
    context.remoteAddr = this.#remoteAddr;
    context.host = this.#host;
    context.path = this.#path;
    context.args = this.#args;
    return true;
  }

  /** Keeps what a head says that nginx takes. */
  remember(context: RequestContext): void {
    this.#running = context.running;
    this.#httpHost = context.httpHost;
    this.#headLength = context.headLength;
    this.#contentLength = context.contentLength;
    this.#chunked = context.chunked;
    this.#upgrade = context.upgrade;
    this.#requestId = context.requestId;
    this.#forwardedFor = context.forwardedFor;
    this.#forwardedHost = context.forwardedHost;
    this.#forwardedPort = context.forwardedPort;
    this.#forwardedProto = context.forwardedProto;
    this.#remoteAddr = context.remoteAddr;
    this.#host = intern(context.host);
    this.#path = context.path;
    this.#args = context.args;
    this.#passed = undefined;
  }

  /** What a pod of that location was told before. */
  passedTo(location: CompiledLocation): PassedHeaders | undefined {
    return this.#passed?.location === location ? this.#passed : undefined;
  }

  keepPassed(passed: PassedHeaders): void {
    this.#passed = passed;
  }
}
