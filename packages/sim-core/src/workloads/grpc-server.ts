import { frame, readMessages } from './grpc-frames.ts';
import type { ContainerContext } from './program.ts';
import { pathOf } from './request.ts';
import { type HttpRequest, type HttpResponse, headerValue, type Workload } from './workload.ts';

/** Codes of gRPC that are used here (google.golang.org/grpc/codes). */
export const GRPC = Object.freeze({ OK: 0, INVALID_ARGUMENT: 3, NOT_FOUND: 5, UNIMPLEMENTED: 12, INTERNAL: 13 });

/** How a method goes: what it does with each message, and when there are no more. One for each call. */
export interface GrpcMethod {
  message?(message: Uint8Array, call: GrpcCall): void;
  end(call: GrpcCall): void;
}

/** A call that is under way. */
export interface GrpcCall {
  /** Metadata among them; flat. */
  readonly headers: readonly string[];
  send(message: Uint8Array): void;
  finish(code: number, text?: string): void;
}

/** A method by its path, `/package.Service/Method`; undefined for one that nobody has. */
export type GrpcService = (path: string) => GrpcMethod | undefined;

const CONTENT_TYPE = 'application/grpc';

/**
 * The gRPC server of a program (gRPC over HTTP/2): calls of all four kinds, with back-pressure. It acts out what the Scenario says of
 * latency and error rate.
 */
export class GrpcServer implements Workload {
  requests = 0;
  readonly #context: ContainerContext;
  readonly #service: GrpcService;
  readonly #open = new Set<HttpResponse>();

  constructor(context: ContainerContext, service: GrpcService) {
    this.#context = context;
    this.#service = service;
  }

  grpc(request: HttpRequest, response: HttpResponse): void {
    this.requests++;
    this.#open.add(response);
    const { latency = 0 } = this.#context.behaviour;
    if (latency === 0) this.#serve(request, response);
    else this.#context.clock.afterRequest(latency, () => this.#serve(request, response));
  }

  /** Breaks off whatever is under way. */
  kill(): void {
    for (const response of this.#open) response.destroy();
    this.#open.clear();
  }

  #serve(request: HttpRequest, response: HttpResponse): void {
    if (response.closed) {
      this.#open.delete(response);
      return;
    }
    const path = pathOf(request.url);
    const call = new Call(request.headers, response, (code) => {
      this.#open.delete(response);
      this.#context.log(`${path} ${code}`);
    });
    response.onClose(() => this.#open.delete(response));
    const { errorRate = 0 } = this.#context.behaviour;
    const method = this.#service(path);
    if (refuse(request, call)) return;
    if (errorRate > 0 && this.#context.chance.next() < errorRate) return call.finish(GRPC.INTERNAL, 'simulated error');
    if (method === undefined) return call.finish(GRPC.UNIMPLEMENTED, unknownMethod(path));
    readMessages(request, {
      message: (message) => {
        if (!call.finished) method.message?.(message, call);
        return call.drained();
      },
      end: () => (call.finished ? undefined : method.end(call)),
      broken: (why) => (call.finished ? undefined : call.finish(GRPC.INTERNAL, why)),
    });
  }
}

/** What is no call of gRPC has a status of HTTP, too (grpc-go, internal/transport/http2_server.go). */
function refuse({ method, headers }: HttpRequest, call: Call): boolean {
  const type = headerValue(headers, 'content-type') ?? '';
  if (method !== 'POST')
    call.refuse(405, GRPC.INTERNAL, `Received a HEADERS frame with :method "${method}" which should be POST`);
  else if (!type.startsWith(CONTENT_TYPE))
    call.refuse(415, GRPC.INVALID_ARGUMENT, `invalid gRPC request content-type "${type}"`);
  else return false;
  return true;
}

/** server.go, handleStream */
function unknownMethod(path: string): string {
  const [, service = '', method] = /^\/(.*)\/([^/]*)$/.exec(path) ?? [];
  return method === undefined ? `malformed method name: "${path}"` : `unknown service ${service}`;
}

class Call implements GrpcCall {
  readonly headers: readonly string[];
  finished = false;
  readonly #response: HttpResponse;
  readonly #onFinish: (code: number) => void;
  #begun = false;
  #waits = false;

  constructor(headers: readonly string[], response: HttpResponse, onFinish: (code: number) => void) {
    this.headers = headers;
    this.#response = response;
    this.#onFinish = onFinish;
    response.onClose(() => {
      this.finished = true;
    });
  }

  send(message: Uint8Array): void {
    if (this.finished) return;
    if (!this.#begun) this.#response.writeHead(200, ['content-type', CONTENT_TYPE], undefined, true);
    this.#begun = true;
    this.#waits = !this.#response.write(frame(message));
  }

  /** Without a message before, the head is all there is (Trailers-Only). */
  finish(code: number, text = ''): void {
    if (this.#begun) this.#end(() => this.#response.end(undefined, undefined, statusOf(code, text)), code);
    else this.refuse(200, code, text);
  }

  refuse(status: number, code: number, text: string): void {
    this.#end(() => {
      this.#response.writeHead(status, ['content-type', CONTENT_TYPE, ...statusOf(code, text)]);
      this.#response.end();
    }, code);
  }

  /** When more may be sent; undefined for now. */
  drained(): undefined | Promise<void> {
    return this.#waits ? this.#response.drained() : undefined;
  }

  #end(send: () => void, code: number): void {
    if (this.finished) return;
    this.finished = true;
    send();
    this.#onFinish(code);
  }
}

/** The text as gRPC percent-encodes it. */
function statusOf(code: number, text: string): string[] {
  const status = ['grpc-status', String(code)];
  if (text !== '') status.push('grpc-message', encodeURI(text).replaceAll('%20', ' ').replaceAll('%22', '"'));
  return status;
}
