import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { Agent, request as secureRequest } from 'node:https';
import { WebSocket } from 'ws';
import { warningTexts } from '../../apimachinery/warning-header.ts';
import type { KubeconfigContext } from '../kubeconfig.ts';

/** One request, as the built-in kubectl makes it. */
export interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Its answer. */
export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly warnings: readonly string[];
}

/** An answer that goes on. */
export interface ClientStream {
  readonly answer: ClientAnswer;
  readonly ended: Promise<void>;
  stop(): void;
}

/** What a program in a container is fed, and where it writes to. */
export interface ClientExec {
  readonly stdin?: string;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** https requests to the Kubernetes API of a running sandbox. Rejects with node's errors where nobody answers. */
export interface KubernetesClient {
  /** host:port. */
  readonly server: string;
  request(request: ClientRequest): Promise<ClientAnswer>;
  stream(request: ClientRequest, onText: (text: string) => void): Promise<ClientStream>;
  exec(path: string, streams: ClientExec): Promise<unknown>;
  close(): void;
}

/** Not fetch: it may be told to go through http_proxy, which is the sandbox itself. */
export function kubernetesClient({
  server,
  token,
  certificateAuthority,
}: Omit<KubeconfigContext, 'name'>): KubernetesClient {
  const { protocol, hostname, port, host } = new URL(server);
  const secure = protocol === 'https:';
  const agent = new Agent({ keepAlive: true, ca: certificateAuthority });
  const open = ({ method, path, headers, body }: ClientRequest): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const options: RequestOptions = {
        hostname,
        port,
        method,
        path,
        headers: {
          authorization: `Bearer ${token}`,
          'user-agent': 'k8s-ingress-sandbox-kubectl',
          ...lengthOf(body),
          ...headers,
        },
        ...(secure ? { agent } : {}),
      };
      const sent = (secure ? secureRequest : plainRequest)(options, resolve);
      sent.on('error', reject);
      sent.end(body);
    });
  const answerOf = (response: IncomingMessage, body: string): ClientAnswer => ({
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
    body,
    warnings: warningTexts(String(response.headers['warning'] ?? '')),
  });
  return {
    server: host,
    request: async (request) => {
      const response = await open(request);
      return answerOf(response, await textOf(response));
    },
    stream: async (request, onText) => {
      const response = await open(request);
      const failed = (response.statusCode ?? 0) >= 300;
      if (failed)
        return { answer: answerOf(response, await textOf(response)), ended: Promise.resolve(), stop: () => {} };
      response.setEncoding('utf8').on('data', onText);
      const ended = new Promise<void>((resolve) => response.on('close', () => resolve()));
      return { answer: answerOf(response, ''), ended, stop: () => response.destroy() };
    },
    exec: (path, streams) =>
      exec({ url: server.replace(/^http/, 'ws') + path, token, ca: certificateAuthority }, streams),
    close: () => agent.destroy(),
  };
}

/** Node says nothing of the body of a DELETE by itself. */
function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return text;
}

const [STDIN, STDOUT, STDERR, ERROR, CLOSE] = [0, 1, 2, 3, 255];

/** v5.channel.k8s.io: the first byte of a message says which stream it is of; the Status comes on the fourth. */
function exec(
  { url, token, ca }: { url: string; token: string; ca: string },
  { stdin, stdout, stderr }: ClientExec,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'v5.channel.k8s.io', { headers: { authorization: `Bearer ${token}` }, ca });
    let status: unknown;
    socket.on('open', () => {
      if (stdin === undefined) return;
      if (stdin !== '') socket.send(Buffer.concat([Buffer.from([STDIN]), Buffer.from(stdin)]));
      socket.send(Buffer.from([CLOSE, STDIN]));
    });
    socket.on('message', (data: Buffer) => {
      const text = data.subarray(1).toString();
      if (data[0] === STDOUT) stdout(text);
      else if (data[0] === STDERR) stderr(text);
      else if (data[0] === ERROR) status = JSON.parse(text);
    });
    socket.on('unexpected-response', (_, response: IncomingMessage) => {
      textOf(response).then((body) => resolve(parsed(body, response.statusCode ?? 0)), reject);
    });
    socket.on('close', () => resolve(status));
    socket.on('error', reject);
  });
}

function parsed(body: string, code: number): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return { kind: 'Status', status: 'Failure', message: body, code };
  }
}
