import type { ClientCertificate } from '../ingress-nginx/nginx/client-certificate.ts';
import type { EdgeRequest, Origin, Via } from '../ingress-nginx/nginx/edge-request.ts';
import { RequestMemo } from '../ingress-nginx/nginx/request-memo.ts';
import type { ServerSsl } from '../ingress-nginx/nginx/server-ssl.ts';
import type { NodePortRoute } from '../kube-proxy/service-routing.ts';
import type { Network } from '../network/network.ts';
import type {
  Duplex,
  HttpRequest,
  HttpResponse,
  MalformedRequest,
  TlsSession,
  Workload,
} from '../workloads/workload.ts';

/** Where a client's connection is to go: a load balancer's port. */
export interface EdgeTarget {
  /** Host that the client went to, lower case, without port; a load balancer's name means that one, any other the ingress. */
  readonly host: string;
  readonly servicePort: number;
  /** Set when the client speaks TLS; `sni` is '' when it sent no server name. */
  readonly tls?: { readonly sni: string };
}

/** No connection, and why. */
export interface EdgeRefusal {
  readonly refused: string;
  readonly message: string;
  readonly loadBalancer?: string;
}

/** Certificate and key for a TLS handshake, PEM. */
export interface EdgeCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  readonly name: string;
}

/** What a TLS handshake is answered with. */
export interface EdgeTls {
  readonly certificate: EdgeCertificate;
  readonly ssl: ServerSsl;
  /** Whether HTTP/2 is offered. */
  readonly http2: boolean;
}

/** What a connection is made of. */
export interface ConnectionParts {
  network: Network;
  route: NodePortRoute;
  via: Via;
  target: EdgeTarget;
  origin: Origin;
  clientCertificate: ClientCertificate | undefined;
}

/**
 * A connection through a load balancer to one pod, where it stays: network load balancers know flows, not requests.
 * It breaks when the pod or the load balancer goes.
 */
export class EdgeConnection {
  readonly via: Via;
  readonly #parts: ConnectionParts;
  readonly #onBreak: (() => void)[] = [];
  readonly #onEnd: (() => void)[] = [];
  readonly #scheme: 'http' | 'https';
  /** What a pod hears of the client's handshake. */
  readonly #tls: TlsSession | undefined;
  /** The request before, and what was found out about it once it came again: load generators send nothing else. */
  #last: HttpRequest | undefined;
  #memo: RequestMemo | undefined;
  #closed = false;
  #requests = 0;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    this.via = parts.via;
    const { tls } = parts.target;
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#tls = tls && { serverName: tls.sni };
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Serves one request. */
  http(request: HttpRequest, response: HttpResponse): void {
    const workload = this.#workload();
    if (workload?.http !== undefined) {
      workload.http(this.#seenByPod(request), response);
      return;
    }
    if (workload?.grpc !== undefined && request.httpVersion.startsWith('2')) {
      workload.grpc(this.#seenByPod(request), response);
      return;
    }
    response.destroy();
    this.break();
  }

  /** Serves a request that asks for another protocol: answers through `response`, or takes the connection over. */
  upgrade(request: HttpRequest, response: HttpResponse, takeOver: () => Duplex): void {
    const workload = this.#workload();
    if (workload?.upgrade !== undefined) workload.upgrade(this.#seenByPod(request), response, takeOver);
    else this.http(request, response);
  }

  /** Answers bytes that are no request as the program at the other end would. */
  malformed(kind: MalformedRequest, response: HttpResponse): void {
    const workload = this.#workload();
    if (workload?.malformed !== undefined) workload.malformed(kind, response);
    else response.destroy();
  }

  /** Calls back once when the target or the load balancer goes away. */
  onClose(callback: () => void): void {
    this.#onBreak.push(callback);
  }

  /** Calls back once when the connection ends, whoever ends it. */
  onEnd(callback: () => void): void {
    this.#onEnd.push(callback);
  }

  /** The client has gone. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const callback of this.#onEnd) callback();
  }

  /** The target has gone. */
  break(): void {
    if (this.#closed) return;
    this.close();
    for (const callback of this.#onBreak) callback();
  }

  #workload(): Workload | undefined {
    const { network, route } = this.#parts;
    const dialled = this.#closed ? 'refused' : network.dial(route.podIp, route.port, route.sourceIpSeen);
    return typeof dialled === 'string' ? undefined : dialled.workload;
  }

  #seenByPod(request: HttpRequest): EdgeRequest {
    const { target, route, via, origin, clientCertificate } = this.#parts;
    return {
      method: request.method,
      url: request.url,
      httpVersion: request.httpVersion,
      headers: request.headers,
      remoteAddress: route.sourceIpSeen,
      body: request.body,
      scheme: this.#scheme,
      sni: target.tls?.sni,
      tls: this.#tls,
      clientCertificate,
      origin,
      via,
      ordinal: ++this.#requests,
      memo: this.#memoOf(request),
    };
  }

  #memoOf(request: HttpRequest): RequestMemo | undefined {
    if (request === this.#last) {
      if (this.#memo === undefined && request.body === undefined) this.#memo = new RequestMemo();
      return this.#memo;
    }
    this.#last = request;
    this.#memo = undefined;
    return undefined;
  }
}
