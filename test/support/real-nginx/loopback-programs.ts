import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { HttpResponse, Workload } from '../../../packages/sim-core/src/workloads/workload.ts';

/** Where a program answers. */
type Dial = () => Workload | 'refused';

/** Programs of the cluster's network on ports of this machine: a real proxy asks the very pods that ours asks. */
export class LoopbackPrograms {
  readonly #servers: Server[] = [];
  readonly #ports = new Map<string, Promise<number>>();

  /** The port of a program; one that nobody listens on where it refuses. @param key tells it from the others */
  portOf(key: string, dial: Dial): Promise<number> {
    const known = this.#ports.get(key) ?? this.listen(dial, 0);
    this.#ports.set(key, known);
    return known;
  }

  /** Listens on a port, any free one for 0. */
  async listen(dial: Dial, port: number): Promise<number> {
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => serve(dial, request, response));
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(port, '127.0.0.1', () => resolve()),
    );
    const listening = (server.address() as AddressInfo).port;
    if (dial() === 'refused') server.close();
    else this.#servers.push(server);
    return listening;
  }

  /** Keys mean other programs from now on. */
  forget(): void {
    this.#ports.clear();
  }

  async close(): Promise<void> {
    for (const server of this.#servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

function serve(dial: Dial, request: IncomingMessage, response: ServerResponse): void {
  const workload = dial();
  if (workload === 'refused' || workload.http === undefined) return void request.socket.destroy();
  const { method = 'GET', url = '/', httpVersion, rawHeaders, headers, socket } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  const body = hasBody ? { body: Readable.toWeb(request) as ReadableStream<Uint8Array> } : {};
  const remoteAddress = socket.remoteAddress ?? '';
  workload.http({ method, url, httpVersion, headers: rawHeaders, remoteAddress, ...body }, responseOf(response));
}

function responseOf(response: ServerResponse): HttpResponse {
  response.sendDate = false;
  return {
    writeHead: (status, headers) => void response.writeHead(status, headers as string[]),
    write: (chunk) => response.write(chunk),
    drained: () => new Promise((resolve) => response.once('drain', resolve)),
    end: (chunk) => void response.end(chunk),
    destroy: () => void response.destroy(),
    get closed() {
      return response.closed;
    },
    onClose: (callback) =>
      response.once('close', () => {
        if (!response.writableFinished) callback();
      }),
  };
}
