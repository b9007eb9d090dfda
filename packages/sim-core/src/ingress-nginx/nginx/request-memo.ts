import type { RequestContext } from './request-context.ts';
import type { Running } from './running.ts';

/** What the head of a request says (phases/read-head.ts). */
type Head = Pick<
  RequestContext,
  | 'httpHost'
  | 'headLength'
  | 'contentLength'
  | 'chunked'
  | 'upgrade'
  | 'requestId'
  | 'forwardedFor'
  | 'forwardedHost'
  | 'forwardedPort'
  | 'forwardedProto'
  | 'remoteAddr'
  | 'host'
  | 'path'
  | 'args'
>;

/**
 * What the head of a request says that its sender sends again and again as it is, as load generators do: it is read once for each
 * configuration. Senders that know nothing of the kind leave it out.
 */
export class RequestMemo {
  #running: Running | undefined;
  #head: Head | undefined;

  /** Fills in what the head says. @returns false where it has to be read */
  recall(context: RequestContext): boolean {
    const head = this.#head;
    if (this.#running !== context.running || head === undefined) return false;
    context.httpHost = head.httpHost;
    context.headLength = head.headLength;
    context.contentLength = head.contentLength;
    context.chunked = head.chunked;
    context.upgrade = head.upgrade;
    context.requestId = head.requestId;
    context.forwardedFor = head.forwardedFor;
    context.forwardedHost = head.forwardedHost;
    context.forwardedPort = head.forwardedPort;
    context.forwardedProto = head.forwardedProto;
    context.remoteAddr = head.remoteAddr;
    context.host = head.host;
    context.path = head.path;
    context.args = head.args;
    return true;
  }

  /** Keeps what a head says that nginx takes. */
  remember(context: RequestContext): void {
    const { httpHost, headLength, contentLength, chunked, upgrade, requestId, remoteAddr, host, path, args } = context;
    const { forwardedFor, forwardedHost, forwardedPort, forwardedProto } = context;
    const forwarded = { forwardedFor, forwardedHost, forwardedPort, forwardedProto };
    const own = { httpHost, headLength, contentLength, chunked, upgrade, requestId, remoteAddr, host, path, args };
    this.#running = context.running;
    this.#head = { ...own, ...forwarded };
  }
}
