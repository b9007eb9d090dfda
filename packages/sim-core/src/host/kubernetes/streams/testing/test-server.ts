import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ExecRequest, ProcessOutput, RemoteProcess } from '../../../../kube-apiserver/kubelet-connection.ts';
import type { Duplex, Workload } from '../../../../workloads/workload.ts';
import type { CertificateAndKey } from '../../../certificates.ts';
import { serveExec } from '../exec.ts';
import type { DialPort } from '../forwarded-port.ts';
import { servePortForward } from '../port-forward.ts';

const POD = {
  kind: 'Pod',
  apiVersion: 'v1',
  metadata: { name: 'web', namespace: 'default', uid: 'f3c0' },
  spec: { containers: [{ name: 'web', image: 'nginx', tty: true, stdin: true }] },
  status: { phase: 'Running', podIP: '10.244.1.2' },
};

/** What kubectl asks before it asks for the pod. */
const DISCOVERY: Readonly<Record<string, unknown>> = Object.freeze({
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [{ name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get'] }],
  },
});

function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(DISCOVERY[url.split('?')[0] as string] ?? POD));
}

/** A server that knows one pod and nothing but its streams; what was spoken and what the process was told is kept. */
export class TestServer {
  readonly protocols: string[] = [];
  readonly errors: unknown[] = [];
  readonly processes: TestProcess[] = [];
  readonly sockets = new Set<Socket>();
  /** What runs in the container. */
  program: (process: TestProcess) => void = echo;
  dial: DialPort = (port) => (port === 80 ? WEB : port === 7 ? ECHO : 'refused');
  readonly #server: Server;

  /** @param certificate absent: plain http */
  constructor(certificate?: CertificateAndKey) {
    this.#server =
      certificate === undefined
        ? createServer(answer)
        : createHttpsServer({ cert: certificate.certPem, key: certificate.keyPem }, answer);
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      const upgrade = { request, socket, head };
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://test');
      const subresource = pathname.split('/').at(-1);
      const onStream = (protocol: string) => void this.protocols.push(protocol);
      const onError = (error: unknown) => void this.errors.push(error);
      if (subresource === 'portforward') {
        servePortForward(upgrade, { dial: (port) => this.dial(port), pod: 'f3c0', onStream, onError });
        return;
      }
      const exec = execOf(searchParams);
      const kind = subresource === 'attach' ? 'attach' : 'exec';
      serveExec(upgrade, (output) => this.#start(exec, output), { exec, subresource: kind, onStream, onError });
    });
  }

  listen(port = 0): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(port, '127.0.0.1', () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  #start(exec: ExecRequest, output: ProcessOutput): RemoteProcess {
    const process = new TestProcess(exec, output);
    this.processes.push(process);
    this.program(process);
    return process;
  }
}

function execOf(query: URLSearchParams): ExecRequest {
  const has = (name: string) => /^true$/i.test(query.get(name) ?? '');
  const command = query.getAll('command');
  return { command, stdin: has('stdin'), stdout: has('stdout'), stderr: has('stderr'), tty: has('tty') };
}

/** What a process was told; `on…` is set by the program of a test. */
export class TestProcess implements RemoteProcess {
  readonly exec: ExecRequest;
  readonly output: ProcessOutput;
  readonly told: string[] = [];
  onStdin: (chunk: Uint8Array) => void = () => {};
  onEnd: () => void = () => {};
  onTold: () => void = () => {};

  constructor(exec: ExecRequest, output: ProcessOutput) {
    this.exec = exec;
    this.output = output;
  }

  stdin(chunk: Uint8Array): void {
    this.#tell(`stdin ${Buffer.from(chunk)}`);
    this.onStdin(chunk);
  }

  endStdin(): void {
    this.#tell('end');
    this.onEnd();
  }

  resize(columns: number, rows: number): void {
    this.#tell(`resize ${columns}x${rows}`);
  }

  kill(): void {
    this.#tell('kill');
  }

  /** Resolves once it was told so. */
  async isTold(what: string): Promise<void> {
    while (!this.told.includes(what)) {
      await new Promise<void>((resolve) => {
        this.onTold = resolve;
      });
    }
  }

  #tell(what: string): void {
    this.told.push(what);
    this.onTold();
  }
}

/** Says its command; `exit N` and `missing` end as they say; with stdin it gives back what comes until `exit` or the end. */
function echo(process: TestProcess): void {
  const { exec, output } = process;
  const [name, code] = exec.command;
  if (name === 'missing') return output.exit(128, 'exec: "missing": executable file not found in $PATH');
  if (exec.command.length > 0) output.stdout(`${exec.command.join(' ')}\n`);
  if (name === 'exit') {
    output.stderr('about to fail\n');
    return output.exit(Number(code));
  }
  if (name === 'big') output.stdout(Buffer.alloc(Number(code), 'x'));
  if (!exec.stdin) return output.exit(0);
  process.onStdin = (chunk) => {
    output.stdout(chunk);
    if (exec.tty && Buffer.from(chunk).includes('q')) output.exit(0);
  };
  process.onEnd = () => output.exit(0);
}

const WEB: Workload = {
  http(request, response) {
    const body = `${request.method} ${request.url} from ${request.remoteAddress}\n`;
    response.writeHead(200, ['Content-Type', 'text/plain', 'Content-Length', String(body.length)]);
    response.end(body);
  },
  malformed(kind, response) {
    response.writeHead(400, ['Content-Length', '0']);
    response.end(kind === 'bad-request' ? undefined : kind);
  },
  upgrade(_request, _response, takeOver) {
    const { readable, writable } = takeOver();
    const writer = writable.getWriter();
    void writer
      .write(Buffer.from('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n'))
      .then(() => writer.releaseLock())
      .then(() => readable.pipeTo(writable))
      .catch(() => {});
  },
};

const ECHO: Workload = {
  tcp({ readable, writable }: Duplex) {
    readable.pipeTo(writable).catch(() => {});
  },
};
