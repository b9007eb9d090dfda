import type { Kind } from '../apimachinery/kind.ts';
import { PendingError } from '../apimachinery/pending-error.ts';
import {
  newBadRequest,
  newInternalError,
  newMethodNotAllowed,
  newNotAcceptable,
  newRequestEntityTooLarge,
  StatusError,
} from '../apimachinery/status-error.ts';
import type { UserInfo } from './authentication/user-info.ts';
import { type Connection, connect, isConnection } from './connect.ts';
import type { ApiRequest, ApiResponse } from './http/message.ts';
import { type Accepted, negotiate } from './http/negotiation.ts';
import { PAGE_NOT_FOUND, statusResponse, withWarning } from './http/responses.ts';
import type { OpenApi } from './openapi/openapi.ts';
import { answerPath } from './paths.ts';
import { type RequestInfo, requestInfo } from './request-info.ts';
import type { ResourceRequest } from './resource-request.ts';
import { routeOf } from './routes.ts';
import type { ServerParts } from './server-parts.ts';
import { includeObjectOf } from './table.ts';

/** Largest body in bytes (server.Config MaxRequestBodyBytes). */
export const MAX_BODY = 3 * 1024 * 1024;
const OFFERED: readonly string[] = Object.freeze(['application/json', 'application/yaml']);
const PLAIN_JSON: Accepted = Object.freeze({ form: 'object', encoding: 'json' });
const READING: readonly string[] = Object.freeze(['get', 'list', 'watch', 'head', 'options']);

/** What the API server is built from. */
export interface ApiServerParts extends ServerParts {
  /** Lets the controllers react to what was written. */
  settle(): void;
  /** host:port of the API server inside the cluster, for discovery. */
  readonly address: string;
  /** What /openapi/v3 serves. */
  readonly openApi: OpenApi;
  /** Told of what is wrong with us, not with the request. */
  onError(error: unknown): void;
}

/** Who asks for what, as an audit log tells it. */
export interface AskedBy {
  readonly info: RequestInfo;
  /** Whose credentials came with it; undefined: wrong ones. */
  readonly user?: UserInfo;
  /** As whom the sender acts, when that is somebody else. */
  readonly impersonatedUser?: UserInfo;
}

/** One question that clients put to the API server, as the steps below see it. */
interface Asked {
  readonly http: ApiRequest;
  readonly query: URLSearchParams;
  readonly info: RequestInfo;
}

/**
 * The Kubernetes API: requests in, answers out, no sockets. The way of every request, top to bottom: read its path →
 * authenticate → authorize → find its handler → answer (k8s.io/apiserver/pkg/server/config.go DefaultBuildHandlerChain).
 */
export class ApiServer {
  readonly #parts: ApiServerParts;

  constructor(parts: ApiServerParts) {
    this.#parts = parts;
  }

  /** Answers one request. Never throws: what goes wrong is an answer too. */
  handle(http: ApiRequest): ApiResponse | Promise<ApiResponse> {
    try {
      this.#parts.history.start();
      const asked = ask(http);
      const user = this.#admit(http, asked.info);
      const answer = this.#answer(asked, user);
      return answer instanceof Promise ? answer.catch((error) => this.#failure(error)) : answer;
    } catch (error) {
      if (error instanceof PendingError) return this.#handleLater(error, http);
      return this.#failure(error);
    }
  }

  /** A webhook takes its time: the request is handled once more when it has answered, as if it came only then. */
  #handleLater(pending: PendingError, http: ApiRequest): Promise<ApiResponse> {
    return new Promise((resolve) => {
      pending.whenReady(() => resolve(pending.again(() => this.handle(http))));
    });
  }

  /** Opens a connection to a pod, for whoever speaks its protocol; what stands against it is an answer. */
  connect(http: ApiRequest): Connection | ApiResponse {
    try {
      const { info, query } = ask(http);
      const user = this.#admit(http, info);
      const kind = this.#parts.codec.scheme.resource(info.apiGroup, info.apiVersion, info.resource);
      if (kind === undefined || !isConnection(kind, info)) return PAGE_NOT_FOUND;
      return connect(this.#parts, { info, kind, query, user, http, accepted: PLAIN_JSON });
    } catch (error) {
      return this.#failure(error);
    }
  }

  /** Who asks for what, whether they may or not. */
  askedBy(http: ApiRequest): AskedBy {
    const { info } = ask(http);
    const { headers } = http;
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('impersonate-')));
    const user = this.#actsAs(own, info);
    const acts = this.#actsAs(headers, info);
    const isOther = acts !== undefined && acts.name !== user?.name;
    return { info, ...(user && { user }), ...(isOther && { impersonatedUser: acts }) };
  }

  #actsAs(headers: ApiRequest['headers'], { path }: RequestInfo): UserInfo | undefined {
    try {
      return this.#parts.access.authenticate({ headers, path });
    } catch {
      return undefined;
    }
  }

  /** As whom the request acts, when they may do what it asks. @throws StatusError Unauthorized, Forbidden */
  #admit({ headers, fromPod }: ApiRequest, info: RequestInfo): UserInfo {
    const { access } = this.#parts;
    const user = access.authenticate({ headers, path: info.path, fromPod });
    access.authorize({ ...info, user });
    return user;
  }

  #answer(asked: Asked, user: UserInfo): ApiResponse | Promise<ApiResponse> {
    const { http, info } = asked;
    if (http.body.length > MAX_BODY) throw newRequestEntityTooLarge(`limit is ${MAX_BODY}`);
    if (!info.isResourceRequest) {
      const { codec, address, openApi, clock } = this.#parts;
      return answerPath({ scheme: codec.scheme, address, openApi, clock }, info.path, http) ?? PAGE_NOT_FOUND;
    }
    const kind = this.#parts.codec.scheme.resource(info.apiGroup, info.apiVersion, info.resource);
    return kind === undefined ? PAGE_NOT_FOUND : this.#handleResource(kind, asked, user);
  }

  #handleResource(kind: Kind, { http, query, info }: Asked, user: UserInfo): ApiResponse | Promise<ApiResponse> {
    if (isConnection(kind, info)) {
      connect(this.#parts, { info, kind, query, user, http, accepted: PLAIN_JSON });
      throw newBadRequest('Upgrade request required');
    }
    const handler = routeOf(kind, info);
    if (handler === 'not found') return PAGE_NOT_FOUND;
    if (handler === 'not allowed') throw newMethodNotAllowed(kind);
    const accepted = negotiate(http.headers.accept);
    // A log is text, whatever the client would rather have.
    if (accepted === undefined && info.subresource !== 'log') throw newNotAcceptable(OFFERED);
    // How to answer is settled before anything is done: what is refused has changed nothing.
    if (accepted?.form === 'table') includeObjectOf(query);
    const request: ResourceRequest = {
      info,
      kind,
      query,
      user,
      http,
      accepted: accepted ?? { form: 'object', encoding: 'json' },
    };
    const answer = handler(this.#parts, request);
    if (!READING.includes(info.verb)) this.#settleAfter(answer);
    return kind.deprecation === undefined || answer instanceof Promise ? answer : withWarning(answer, kind.deprecation);
  }

  #settleAfter(answer: ApiResponse | Promise<ApiResponse>): void {
    if (answer instanceof Promise) void answer.then(() => this.#parts.settle()).catch(() => {});
    else this.#parts.settle();
  }

  #failure(error: unknown): ApiResponse {
    if (error instanceof StatusError) return statusResponse(error);
    this.#parts.onError(error);
    return statusResponse(newInternalError(error instanceof Error ? error.message : String(error)));
  }
}

function ask(http: ApiRequest): Asked {
  const mark = http.url.indexOf('?');
  const path = mark < 0 ? http.url : http.url.slice(0, mark);
  const query = new URLSearchParams(mark < 0 ? '' : http.url.slice(mark));
  return { http, query, info: requestInfo(http.method, path, query) };
}
