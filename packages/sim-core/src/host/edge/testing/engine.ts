import type { Duplex, HttpRequest, HttpResponse } from '../../../workloads/workload.ts';
import { type CertificateAndKey, nodeCertificates } from '../../certificates.ts';
import type {
  EdgeCertificate,
  EdgeClient,
  EdgeConnection,
  EdgeEngine,
  EdgeLoadBalancer,
  EdgeSsl,
  EdgeTarget,
  EdgeTls,
} from '../engine.ts';

/** A small cluster for the edge to stand before: what it is asked is kept, what it answers is set by the test. */
export class TestEngine implements EdgeEngine {
  readonly targets: EdgeTarget[] = [];
  readonly clients: EdgeClient[] = [];
  readonly connections: TestConnection[] = [];
  readonly #callbacks = new Set<() => void>();
  #balancers: EdgeLoadBalancer[] = [];
  readonly #certificates = new Map<string, EdgeCertificate>();
  /** Why connections are refused; undefined: they are made. */
  refusal: string | undefined;
  http2 = true;
  ssl: EdgeSsl = { ciphers: 'ECDHE+AESGCM', preferServerCiphers: true };
  http: (request: HttpRequest, response: HttpResponse, connection: TestConnection) => void = answerWithFacts;
  upgrade: (request: HttpRequest, response: HttpResponse, takeOver: () => Duplex) => void = (_request, response) => {
    answer(response, 200, 'no upgrade');
  };

  connect(
    target: EdgeTarget,
    client: EdgeClient,
  ): EdgeConnection | { refused: string; message: string; loadBalancer: string } {
    this.targets.push(target);
    this.clients.push(client);
    if (this.refusal !== undefined)
      return { refused: this.refusal, message: `refused: ${this.refusal}`, loadBalancer: 'lb' };
    const connection = new TestConnection(this, target);
    this.connections.push(connection);
    return connection;
  }

  tlsFor({ tls, servicePort }: EdgeTarget): EdgeTls | undefined {
    if (this.refusal !== undefined || servicePort === 80) return undefined;
    return { certificate: this.certificateFor(tls?.sni || 'default.test'), ssl: this.ssl, http2: this.http2 };
  }

  certificateFor(name: string): EdgeCertificate {
    const known = this.#certificates.get(name);
    if (known !== undefined) return known;
    return this.setCertificate(name, nodeCertificates.selfSigned({ commonName: name, dnsNames: [name] }));
  }

  setCertificate(name: string, pair: CertificateAndKey): EdgeCertificate {
    const certificate = { ...pair, name };
    this.#certificates.set(name, certificate);
    return certificate;
  }

  loadBalancers(): readonly EdgeLoadBalancer[] {
    return this.#balancers;
  }

  onLoadBalancersChanged(callback: () => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  setLoadBalancers(balancers: EdgeLoadBalancer[]): void {
    this.#balancers = balancers;
    for (const callback of this.#callbacks) callback();
  }

  get open(): TestConnection[] {
    return this.connections.filter((connection) => !connection.closed);
  }
}

export class TestConnection implements EdgeConnection {
  readonly via = { loadBalancer: 'lb' };
  readonly target: EdgeTarget;
  readonly #engine: TestEngine;
  readonly #callbacks: (() => void)[] = [];
  closed = false;

  constructor(engine: TestEngine, target: EdgeTarget) {
    this.#engine = engine;
    this.target = target;
  }

  http(request: HttpRequest, response: HttpResponse): void {
    this.#engine.http(request, response, this);
  }

  upgrade(request: HttpRequest, response: HttpResponse, takeOver: () => Duplex): void {
    this.#engine.upgrade(request, response, takeOver);
  }

  malformed(kind: string, response: HttpResponse): void {
    answer(response, 400, kind);
  }

  onClose(callback: () => void): void {
    this.#callbacks.push(callback);
  }

  close(): void {
    this.closed = true;
  }

  /** The target goes away. */
  drop(): void {
    this.closed = true;
    for (const callback of this.#callbacks) callback();
  }
}

export function answer(response: HttpResponse, status: number, body: string, headers: readonly string[] = []): void {
  response.writeHead(status, [
    'Content-Type',
    'text/plain',
    'Content-Length',
    String(Buffer.byteLength(body)),
    ...headers,
  ]);
  response.end(body);
}

/** Answers with what arrived, as JSON. */
export function answerWithFacts(request: HttpRequest, response: HttpResponse, { target }: TestConnection): void {
  const { body: _body, ...facts } = request;
  const scheme = target.tls === undefined ? 'http' : 'https';
  answer(response, 200, JSON.stringify({ ...facts, scheme, sni: target.tls?.sni, target }));
}
