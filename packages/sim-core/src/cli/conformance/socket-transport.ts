import type { ApiAnswer, ClientAnswer, ClientRequest, OpenTransport, Transport } from '../../conformance/transport.ts';
import { type Edge, startEdge } from '../../host/edge/edge.ts';
import { HttpConnection, type ServedAnswer } from '../../host/http-client/client.ts';
import type { Cluster } from '../../index.ts';
import { type Kubernetes, startKubernetesApi } from '../run/kubernetes.ts';

const NO_ANSWER: ClientAnswer = Object.freeze({ status: 0, protocol: '', headers: [], body: '' });

/** Listens before a cluster on free loopback ports, and connects to them. */
export const openSockets: OpenTransport = async (cluster) => {
  const errors: unknown[] = [];
  const edge = await startEdge({
    engine: cluster.edge,
    httpPort: 0,
    httpsPort: 0,
    // What nginx says itself is looked at, not where our ports are.
    rewriteRedirects: false,
    onError: (error) => errors.push(error),
  });
  return new SocketTransport(cluster, edge, errors);
};

/** What listens before a cluster. */
type Listening = Pick<Edge, 'httpPort' | 'httpsPort' | 'close'>;

/** The way to a cluster over sockets, whatever listens there. */
export class SocketTransport implements Transport {
  readonly #cluster: Cluster;
  readonly #edge: Listening;
  readonly #errors: readonly unknown[];
  /** By scheme and server name. */
  readonly #kept = new Map<string, HttpConnection>();
  #api: Promise<Kubernetes> | undefined;

  constructor(cluster: Cluster, edge: Listening, errors: readonly unknown[]) {
    this.#cluster = cluster;
    this.#edge = edge;
    this.#errors = errors;
  }

  async send(request: ClientRequest): Promise<ClientAnswer> {
    const key = `${request.scheme} ${request.sni}`;
    const kept = this.#kept.get(key);
    // A kept connection may have ended meanwhile, as browsers know: then a new one is made.
    const answer = kept?.isOpen === true ? await this.#ask(kept, request) : undefined;
    if (answer !== undefined) return answer;
    const opened = await this.#connect(request);
    this.#kept.set(key, opened);
    return (await this.#ask(opened, request)) ?? NO_ANSWER;
  }

  async sendAll(requests: readonly ClientRequest[]): Promise<ClientAnswer[]> {
    const connections = await Promise.all(requests.map((request) => this.#connect(request)));
    const answers = connections.map((connection, index) => this.#ask(connection, requests[index] as ClientRequest));
    const all = await Promise.all(answers);
    for (const connection of connections) connection.close();
    return all.map((answer) => answer ?? NO_ANSWER);
  }

  async post(path: string, body: unknown): Promise<ApiAnswer> {
    this.#api ??= startKubernetesApi({
      cluster: this.#cluster,
      port: 0,
      plain: true,
      onError: (error) => {
        throw error;
      },
    });
    const { port } = await this.#api;
    const connection = await HttpConnection.open({ port, scheme: 'http', sni: '' });
    const host = `127.0.0.1:${port}`;
    const headers = ['Content-Type', 'application/json', 'Accept', 'application/json'];
    const answer = await connection.ask(
      'POST',
      bytesOf({ method: 'POST', path, host, headers, body: JSON.stringify(body) }),
    );
    connection.close();
    if (answer === undefined) throw new Error('the Kubernetes API ended the connection without an answer');
    const warnings = answer.headers.filter((_, index) => answer.headers[index - 1]?.toLowerCase() === 'warning');
    return { status: answer.status, warnings, body: answer.body };
  }

  async close(): Promise<void> {
    for (const connection of this.#kept.values()) connection.close();
    await (await this.#api)?.close();
    await this.#edge.close();
    if (this.#errors.length > 0) throw this.#errors[0];
  }

  #connect({ scheme, sni }: ClientRequest): Promise<HttpConnection> {
    const port = scheme === 'http' ? this.#edge.httpPort : this.#edge.httpsPort;
    return HttpConnection.open({ port, scheme, sni });
  }

  async #ask(connection: HttpConnection, request: ClientRequest): Promise<ClientAnswer | undefined> {
    const answer = await connection.ask(request.method, bytesOf(request));
    return answer && answerOf(answer);
  }
}

/** The request as nginx gets it: nothing is added but what its body needs. */
function bytesOf({ method, path, host, headers, body }: Omit<ClientRequest, 'scheme' | 'sni'>): string {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  if (body !== undefined) lines.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

function answerOf({ status, protocol, headers, body, certificate }: ServedAnswer): ClientAnswer {
  const answer = { status, protocol, headers, body };
  if (certificate?.raw === undefined) return answer;
  const names = (certificate.subjectaltname ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  const dnsNames = names.map((name) => name.slice('DNS:'.length));
  return { ...answer, certificate: { commonName: String(certificate.subject.CN ?? ''), dnsNames } };
}
