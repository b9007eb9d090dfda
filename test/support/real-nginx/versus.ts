import { echoOf } from '../../../packages/sim-core/src/conformance/ingress-nginx/backends.ts';
import { HttpConnection } from '../../../packages/sim-core/src/host/http-client/client.ts';
import type { NginxConfiguration } from '../../../packages/sim-core/src/ingress-nginx/nginx/configuration.ts';
import type { TestAnswer, TestRequest } from '../../../packages/sim-core/src/ingress-nginx/testing/test-client.ts';
import type { TestIngress } from '../../../packages/sim-core/src/ingress-nginx/testing/test-ingress.ts';
import { LoopbackPrograms } from './loopback-programs.ts';
import { NginxProcess } from './nginx-process.ts';
import { withRealEndpoints } from './real-endpoints.ts';

/** What of an answer must be the same, whoever gave it. */
export interface Facts {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** nginx's own page, or what the pod got. */
  readonly body: unknown;
}

/** Our proxy and a real nginx with the same configuration in front of the same pods. */
export class Versus {
  readonly nginx: NginxProcess;
  readonly #programs = new LoopbackPrograms();
  #world: TestIngress | undefined;

  private constructor(nginx: NginxProcess) {
    this.nginx = nginx;
  }

  static async create(): Promise<Versus> {
    return new Versus(await NginxProcess.create());
  }

  /** Lets both run on what a world's controller has loaded. @throws Error with what nginx says */
  async run(world: TestIngress, configuration: NginxConfiguration): Promise<void> {
    this.#world = world;
    const { network } = world;
    const { ports } = this.nginx;
    this.#programs.forget();
    await this.nginx.start(await withRealEndpoints(configuration, { network, programs: this.#programs, ports }));
  }

  /** Sends a request to both. */
  async ask(request: TestRequest): Promise<{ ours: Facts; real: Facts }> {
    const ours = await this.#world?.send(request);
    const real = await this.#askReal(request);
    return { ours: factsOf(ours, request), real: factsOf(real, request) };
  }

  async close(): Promise<void> {
    await this.nginx.close();
    await this.#programs.close();
  }

  async #askReal(request: TestRequest): Promise<TestAnswer> {
    const { scheme = 'http', host = '', method = 'GET', sni } = request;
    const port = scheme === 'http' ? this.nginx.ports.http : this.nginx.ports.https;
    const connection = await HttpConnection.open({ port, scheme, sni: sni ?? host.replace(/:\d+$/, '') });
    const answer = await connection.ask(method, bytesOf(request));
    connection.close();
    return answer ?? { status: 0, headers: [], body: '' };
  }
}

function bytesOf({ method = 'GET', host, path = '/', headers = [], body, chunked }: TestRequest): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, ...(host === undefined ? [] : [`Host: ${host}`])];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  if (body !== undefined) lines.push(chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`);
  const sent = chunked && body !== undefined ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : (body ?? '');
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${sent}`, 'latin1');
}

/** Differ on purpose, or at random: what stock nginx cannot leave out, times, lengths of what differs. */
const LEFT_OUT = new Set(['server', 'date', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

function factsOf(answer: TestAnswer | undefined, request: TestRequest): Facts {
  const { status = 0, headers = [], body = '' } = answer ?? {};
  const echo = answer && echoOf(answer);
  return { status, headers: headersOf(headers), body: echo === undefined ? body : podOf(echo, request) };
}

function headersOf(flat: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < flat.length; i += 2) {
    const name = (flat[i] as string).toLowerCase();
    if (LEFT_OUT.has(name)) continue;
    headers[name] = headers[name] === undefined ? (flat[i + 1] as string) : `${headers[name]}, ${flat[i + 1]}`;
  }
  return headers;
}

/** What a pod got; an id that nginx makes up is another one each time. */
function podOf(echo: NonNullable<ReturnType<typeof echoOf>>, request: TestRequest) {
  const given = (request.headers ?? []).some((name, index) => index % 2 === 0 && /^x-request-id$/i.test(name));
  const id = echo.headers['x-request-id'];
  const shown = given || id === undefined ? id : id.replace(/^[0-9a-f]{32}$/, '(32 digits)');
  const headers: Record<string, string | undefined> = { ...echo.headers, 'x-request-id': shown };
  return { ...echo, httpVersion: '', headers };
}
