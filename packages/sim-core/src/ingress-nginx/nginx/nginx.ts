import type { Duplex, HttpResponse, MalformedRequest, Workload } from '../../workloads/workload.ts';
import { certificateForSni } from './certificate-table.ts';
import type { Certificate, NginxConfiguration, PassthroughBackend } from './configuration.ts';
import type { EdgeRequest, Origin, Via } from './edge-request.ts';
import { errorPage, statusSent } from './error-page.ts';
import { recordPassthrough } from './passthrough-record.ts';
import { serverNamed } from './phases/find-server.ts';
import { run } from './request.ts';
import { RequestContext } from './request-context.ts';
import { load, type ProxyParts, type Running } from './running.ts';
import type { ServerSsl } from './server-ssl.ts';
import { reasonPhrase } from './status-line.ts';
import type { StubStatus } from './stub-status.ts';

const STATUS_OF: Readonly<Record<MalformedRequest, number>> = Object.freeze({
  'bad-request': 400,
  'headers-too-large': 494,
  'uri-too-long': 414,
  'not-implemented': 501,
  'version-not-supported': 505,
});

/** One nginx: serves requests on the configuration that was loaded last. Requests under way keep theirs. */
export class Nginx {
  readonly #parts: ProxyParts;
  #running: Running;

  constructor(configuration: NginxConfiguration, parts: ProxyParts) {
    this.#parts = parts;
    this.#running = load(configuration, parts);
  }

  get running(): Running {
    return this.#running;
  }

  /** Swaps the configuration. @throws Error in nginx's words for what it would refuse; the old one stays */
  reload(configuration: NginxConfiguration): void {
    this.#running = load(configuration, this.#parts, this.#running);
  }

  /**
   * Serves one request.
   * @param takeOver hands the client's raw connection over, where the request asks for another protocol
   */
  handle(request: EdgeRequest, response: HttpResponse, scheme: 'http' | 'https', takeOver?: () => Duplex): void {
    const { records, clock, status } = this.#parts;
    status.requests++;
    const context = new RequestContext(records.nextId(), request, response, scheme, this.#running, clock.requestNow());
    context.takeOver = takeOver;
    run(context);
  }

  /** Connections and requests. */
  get status(): StubStatus {
    return this.#parts.status;
  }

  /** Whether HTTP/2 is offered to clients that speak TLS. */
  get http2(): boolean {
    return this.#running.http.http2;
  }

  certificateFor(sni: string | undefined): Certificate {
    return certificateForSni(this.#running.certificates, sni);
  }

  /** How a handshake for a server name is answered. */
  tlsFor(sni: string): { readonly certificate: Certificate; readonly ssl: ServerSsl } {
    const { table } = this.#running;
    const name = sni.replace(/\.$/, '').toLowerCase();
    const server = name === '' ? undefined : serverNamed(table, name);
    return { certificate: this.certificateFor(sni), ssl: (server ?? table.fallback).ssl };
  }

  /** Where TLS connections go on to undecrypted that name this server; undefined where nginx shakes hands (pkg/tcpproxy, Get). */
  passthroughFor(sni: string): PassthroughBackend | undefined {
    const { passthrough } = this.#running.configuration;
    return passthrough.length === 0 ? undefined : passthrough.find(({ hostname }) => hostname === sni);
  }

  /** A connection went on undecrypted: all that there is to remember. @param reached undefined where nobody listened */
  passedThrough(
    backend: PassthroughBackend,
    reached: { readonly ip: string; readonly port: number } | undefined,
    client: { readonly address: string; readonly via: Via; readonly origin?: Origin },
  ): void {
    recordPassthrough(this.#running, backend, reached, client);
  }

  /** What listens on the port of a scheme. */
  listener(scheme: 'http' | 'https'): Workload {
    return {
      ...(scheme === 'https' && { certificate: '' }),
      http: (request, response) => this.handle(request, response, scheme),
      upgrade: (request, response, takeOver) => this.handle(request, response, scheme, takeOver),
      malformed: (kind, response) => this.#malformed(kind, response),
    };
  }

  #malformed(kind: MalformedRequest, response: HttpResponse): void {
    const body = errorPage(STATUS_OF[kind], this.#running.http.serverTokens, false);
    const status = statusSent(STATUS_OF[kind]);
    const headers = ['Content-Type', 'text/html', 'Content-Length', String(body.length), 'Connection', 'close'];
    response.writeHead(status, headers, reasonPhrase(status));
    response.end(body);
  }
}
