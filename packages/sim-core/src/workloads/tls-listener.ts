import type { Answer } from './http-answer.ts';
import type { HttpServer } from './http-server.ts';
import type { CertificateAndKey } from './program.ts';
import type { Duplex, HttpRequest, HttpResponse, Workload } from './workload.ts';

/** A port of a program on which it speaks TLS. Whoever comes without is told so; others find the program's HTTP server. */
export class TlsListener implements Workload {
  readonly #server: HttpServer;
  readonly #shown: () => CertificateAndKey;
  readonly #plainHttp: () => Answer;

  /**
   * @param shown certificate and key; asked for when somebody wants to see them
   * @param plainHttp what clients get that speak plain HTTP
   */
  constructor(server: HttpServer, shown: () => CertificateAndKey, plainHttp: () => Answer) {
    this.#server = server;
    this.#shown = shown;
    this.#plainHttp = plainHttp;
  }

  get certificate(): string {
    return this.#shown().certPem;
  }

  get key(): string {
    return this.#shown().keyPem;
  }

  http(request: HttpRequest, response: HttpResponse): void {
    if (request.tls === undefined) this.#refuse(response);
    else this.#server.http(request, response);
  }

  upgrade(request: HttpRequest, response: HttpResponse, _takeOver: () => Duplex): void {
    this.http(request, response);
  }

  #refuse(response: HttpResponse): void {
    const { status, headers, body, bytes } = this.#plainHttp();
    response.writeHead(status, headers);
    response.end(body, bytes);
  }
}
