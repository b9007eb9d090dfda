import type { TargetAnswer, TargetRequest } from '../grader/target/target.ts';
import type { Cluster, EdgeConnection, EdgeTarget as PlainEdgeTarget } from '../index.ts';
import type { HttpRequest } from '../workloads/workload.ts';
import { AnswerSink } from './answer-sink.ts';

/** Where a client connects to, and which host it asks for there. */
export interface EdgeTarget extends PlainEdgeTarget {
  readonly hostHeader: string;
}

/** Kept connections, used in turn. */
const KEPT = 8;
/** Where the client sits, and the first of the ports that it uses. */
const ADDRESS = '127.0.0.1';
const FIRST_PORT = 32_768;
const BROWSERLIKE = Object.freeze(['user-agent', 'k8s-ingress-sandbox-grader', 'accept', '*/*']);

/** A client that sends one request again and again, over connections that it keeps. */
export class SimulatedClient {
  readonly #cluster: Cluster;
  readonly #target: EdgeTarget;
  readonly #request: HttpRequest;
  readonly #answered: (answer: TargetAnswer) => void;
  readonly #kept: (EdgeConnection | undefined)[] = new Array(KEPT).fill(undefined);
  #open: AnswerSink | undefined;

  constructor(cluster: Cluster, target: EdgeTarget, request: TargetRequest, answered: (answer: TargetAnswer) => void) {
    this.#cluster = cluster;
    this.#target = target;
    this.#request = httpRequest(request, target);
    this.#answered = answered;
  }

  /** Sends the request; the answer may come at once. @param number chooses the connection */
  fire(number: number): void {
    const slot = number % KEPT;
    const connection = this.#connection(slot);
    if (connection === undefined) return;
    const sink = new AnswerSink(this.#answered);
    this.#open = sink;
    connection.http(this.#request, sink);
    if (sink.endsConnection) connection.close();
  }

  /** Does not wait any longer for the answer that is out. */
  giveUp(): void {
    this.#open?.giveUp();
  }

  close(): void {
    for (const connection of this.#kept) connection?.close();
    this.#kept.fill(undefined);
  }

  #connection(slot: number): EdgeConnection | undefined {
    const kept = this.#kept[slot];
    if (kept !== undefined && !kept.closed) return kept;
    const client = { address: ADDRESS, port: FIRST_PORT + slot, origin: 'client' as const };
    const made = this.#cluster.edge.connect(this.#target, client);
    if ('refused' in made) {
      this.#answered({ failure: made.message });
      return undefined;
    }
    this.#kept[slot] = made;
    return made;
  }
}

function httpRequest({ method, path, headers, body }: TargetRequest, { hostHeader }: EdgeTarget): HttpRequest {
  const all = ['host', hostHeader, ...BROWSERLIKE, ...headers];
  const plain = { method, url: path, httpVersion: '1.1', remoteAddress: ADDRESS };
  if (body === undefined) return { ...plain, headers: all };
  const bytes = new TextEncoder().encode(body);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return { ...plain, headers: [...all, 'content-length', String(bytes.length)], body: stream };
}
