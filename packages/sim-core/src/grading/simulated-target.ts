import {
  KubernetesAnswer,
  type NoAnswer,
  type ShownCertificate,
  type Target,
  type TargetAnswer,
  type TargetRequest,
} from '../grader/target/target.ts';
import type { ApiServer, Cluster } from '../index.ts';
import { type EdgeTarget, SimulatedClient } from './simulated-client.ts';

/** A certificate, and when it holds: milliseconds since the epoch. */
export interface ReadCertificate extends Omit<ShownCertificate, 'state'> {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** What a simulated target is made of. */
export interface SimulatedTargetParts {
  readonly cluster: Cluster;
  readonly api: ApiServer;
  /** Undefined for what is no certificate. */
  readCertificate(pem: string): ReadCertificate | undefined;
  /** Real time in milliseconds since the epoch: certificates live in it. */
  wallNow(): number;
  /** Real time from which on nothing goes on. */
  readonly wallDeadline: number;
}

/** Turns that promises get before time moves on. */
const TURNS = 50;
/** Steps in which time moves while somebody waits for an answer, milliseconds. */
const STEP = 5;
/** Time that an answer of the API has. */
const API_PATIENCE = 60_000;
/** Milliseconds between two requests of {@link SimulatedTarget.repeat}. */
const BETWEEN_REQUESTS = 1;
const LOOK_AT_WALL_EVERY = 500;
/** Time that each of them has for its answer. */
const ANSWER_PATIENCE = 10_000;

/** The simulated cluster as an outsider reaches it: no sockets, and time that moves when somebody waits. */
export class SimulatedTarget implements Target {
  readonly name = 'simulated';
  readonly #parts: SimulatedTargetParts;

  constructor(parts: SimulatedTargetParts) {
    this.#parts = parts;
  }

  now(): number {
    return this.#parts.cluster.clock.now();
  }

  async wait(milliseconds: number): Promise<void> {
    this.#checkWall();
    this.#parts.cluster.advance(milliseconds);
    for (let turn = 0; turn < 3; turn++) await undefined;
  }

  async patience<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
    let result: { value: T } | { error: unknown } | undefined;
    promise.then(
      (value) => (result = { value }),
      (error) => (result = { error }),
    );
    const end = this.now() + milliseconds;
    for (;;) {
      for (let turn = 0; result === undefined && turn < TURNS; turn++) await undefined;
      if (result !== undefined || this.now() >= end) break;
      this.#parts.cluster.advance(Math.min(STEP, end - this.now()));
    }
    if (result === undefined) return undefined;
    if ('error' in result) throw result.error;
    return result.value;
  }

  async kubernetes(method: string, path: string, body?: unknown, contentType?: string): Promise<KubernetesAnswer> {
    const response = this.#parts.api.handle({
      method,
      url: path,
      headers: { 'user-agent': 'k8s-ingress-sandbox-grader', 'content-type': contentType ?? 'application/json' },
      body: new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body)),
    });
    const answer = response instanceof Promise ? await this.patience(response, API_PATIENCE) : response;
    if (answer === undefined) throw new Error(`${method} ${path} was not answered`);
    if (!('body' in answer)) throw new Error(`${method} ${path} goes on for ever`);
    const text = typeof answer.body === 'string' ? answer.body : new TextDecoder().decode(answer.body);
    return new KubernetesAnswer(answer.status, text);
  }

  send(request: TargetRequest): Promise<TargetAnswer> {
    return new Promise((resolve) => {
      const client = this.#client(request, (answer) => {
        resolve(answer);
        client.close();
      });
      client.fire(0);
    });
  }

  async repeat(request: TargetRequest, count: number, onAnswer: (answer: TargetAnswer) => boolean): Promise<void> {
    let [ended, goesOn] = [0, true];
    const client = this.#client(request, (answer) => {
      ended++;
      goesOn = onAnswer(answer);
    });
    for (let sent = 0; goesOn && sent < count; sent++) {
      if (sent % LOOK_AT_WALL_EVERY === 0) this.#checkWall();
      client.fire(sent);
      if (ended <= sent) await this.#outwait(() => ended > sent);
      if (ended <= sent) client.giveUp();
      this.#parts.cluster.advance(BETWEEN_REQUESTS);
    }
    client.close();
  }

  async certificate(request: TargetRequest): Promise<ShownCertificate | NoAnswer> {
    const { cluster, readCertificate } = this.#parts;
    const tls = cluster.edge.tlsFor(edgeTarget(request, this.#hostname()));
    if (tls === undefined) return { failure: 'nobody speaks TLS there' };
    const certificate = readCertificate(tls.certificate.certPem);
    if (certificate === undefined) return { failure: 'the certificate cannot be read' };
    const { commonName, issuerCommonName, dnsNames, notBefore, notAfter } = certificate;
    const now = this.#parts.wallNow();
    return {
      commonName,
      issuerCommonName,
      dnsNames,
      state: now < notBefore ? 'not valid yet' : now > notAfter ? 'expired' : 'valid',
    };
  }

  #client(request: TargetRequest, answered: (answer: TargetAnswer) => void): SimulatedClient {
    const target = edgeTarget(request, this.#hostname());
    return new SimulatedClient(this.#parts.cluster, target, request, answered);
  }

  #checkWall(): void {
    if (this.#parts.wallNow() > this.#parts.wallDeadline) throw new Error('it took longer than its limit of real time');
  }

  #hostname(): string {
    return this.#parts.cluster.edge.ingressLoadBalancer()?.hostname ?? '';
  }

  async #outwait(isOver: () => boolean): Promise<void> {
    for (let waited = 0; waited <= ANSWER_PATIENCE; waited += STEP) {
      for (let turn = 0; turn < TURNS; turn++) {
        if (isOver()) return;
        await undefined;
      }
      this.#parts.cluster.advance(STEP);
    }
  }
}

const PORTS = Object.freeze({ http: 80, https: 443 });

/** Where a request goes; without a host to the ingress load balancer by its own name. */
function edgeTarget({ scheme, host, balancer, port }: TargetRequest, hostname: string): EdgeTarget {
  const name = host === '' ? hostname : host;
  return {
    host: (balancer ?? name).toLowerCase(),
    servicePort: port ?? PORTS[scheme],
    ...(scheme === 'https' && { tls: { sni: name } }),
    hostHeader: name,
  };
}
