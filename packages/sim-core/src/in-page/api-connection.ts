import { commandStatus, translatedStatus } from '../apimachinery/command-status.ts';
import { StatusError } from '../apimachinery/status-error.ts';
import { warningTexts } from '../apimachinery/warning-header.ts';
import type { ApiRequest, ApiResponse, ApiServer, Connection } from '../index.ts';
import type {
  ExecStreams,
  KubectlAnswer,
  KubectlConnection,
  KubectlRequest,
  KubectlStream,
} from '../kubectl/connection.ts';

/** Its name within the cluster: there is no address to reach it under from outside. */
const SERVER = 'kubernetes.default.svc';
/** The managers of fields are named after it. */
const HEADERS = Object.freeze({ 'user-agent': 'k8s-ingress-sandbox-kubectl' });

type StreamingResponse = Extract<ApiResponse, { stream: unknown }>;

/** The way to the API server by calling it, as the administrator. @param load the server, whose code comes with the first request */
export function apiConnection(load: () => Promise<ApiServer>): KubectlConnection {
  const ask = async (request: KubectlRequest): Promise<ApiResponse> => (await load()).handle(requestOf(request));
  return {
    server: SERVER,
    request: async (request) => {
      const response = await ask(request);
      return answerOf(response, await wholeText(response));
    },
    stream: async (request, onText) => {
      const response = await ask(request);
      if ('stream' in response && response.status < 300) return streamOf(response, onText);
      return { answer: answerOf(response, await wholeText(response)), ended: Promise.resolve(), stop: () => {} };
    },
    exec: async (path, streams) => {
      const opened = (await load()).connect(requestOf({ method: 'GET', path }));
      return 'kind' in opened ? exec(opened, streams).catch(statusOf) : JSON.parse(await wholeText(opened));
    },
  };
}

function requestOf({ method, path, headers, body = '' }: KubectlRequest): ApiRequest {
  return { method, url: path, headers: { ...HEADERS, ...headers }, body: new TextEncoder().encode(body) };
}

function answerOf({ status, headers }: ApiResponse, body: string): KubectlAnswer {
  return { status, headers, body, warnings: warningTexts(headers['warning'] ?? '') };
}

async function wholeText(response: ApiResponse): Promise<string> {
  if ('body' in response) return textReader()(response.body);
  const parts: string[] = [];
  await streamOf(response, (text) => parts.push(text)).ended;
  return parts.join('');
}

/** What goes wrong with a reader is the reader's: whoever writes to it goes on. */
function streamOf(response: StreamingResponse, onText: (text: string) => void): KubectlStream {
  const read = textReader();
  let end = (): void => {};
  let fail = (_error: unknown): void => {};
  const over = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  let isOver = false;
  const write = (chunk: string | Uint8Array): boolean => {
    try {
      if (!isOver) onText(read(chunk));
    } catch (error) {
      fail(error);
    }
    return true;
  };
  const leave = response.stream({ write, end });
  const ended = over.finally(() => {
    isOver = true;
    leave();
  });
  return { answer: answerOf(response, ''), ended, stop: end };
}

/** Runs a program; resolves with the Status of its end. */
async function exec(connection: Connection, { stdin, stdout, stderr }: ExecStreams): Promise<unknown> {
  if (connection.kind === 'portforward') return undefined;
  const [readOut, readErr] = [textReader(), textReader()];
  return new Promise((resolve) => {
    const remote = connection.start({
      stdout: (chunk) => stdout(readOut(chunk)),
      stderr: (chunk) => stderr(readErr(chunk)),
      exit: (code, message) => {
        const end = { subresource: 'exec' as const, code, ...(message !== undefined && { message }) };
        resolve(translatedStatus(commandStatus(end)));
      },
    });
    if (stdin === undefined) return;
    remote.stdin(new TextEncoder().encode(stdin));
    remote.endStdin();
  });
}

/** What stands against a program, as its end. */
function statusOf(error: unknown): unknown {
  if (error instanceof StatusError) return error.status;
  throw error;
}

/** Reads text that comes in pieces: a letter may be cut in two. */
function textReader(): (chunk: string | Uint8Array) => string {
  const decoder = new TextDecoder();
  return (chunk) => (typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }));
}
