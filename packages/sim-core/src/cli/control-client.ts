import { request } from 'node:http';
import { type RunFile, runningSandboxes } from '../host/run-file.ts';
import { PROGRAM } from './command.ts';
import { CliError, EXIT } from './exit-codes.ts';

/** Longest wait for an answer of a running sandbox, milliseconds. */
const TIMEOUT = 30_000;

/** The flag of every command that talks to a running sandbox. */
export const SANDBOX_FLAG = { type: 'text', help: 'which sandbox, by name or pid; the newest without it' } as const;

/** An answer of the control API. */
export interface ControlAnswer<T> {
  readonly status: number;
  readonly body: T;
}

/**
 * The running sandbox that a command means: the one of that name or pid, or the newest.
 * @throws CliError environment when there is none
 */
export function findSandbox(name: string | undefined): RunFile {
  const running = runningSandboxes();
  const found = name === undefined ? running[0] : running.find((run) => run.name === name || String(run.pid) === name);
  if (found !== undefined) return found;
  if (name !== undefined && running.length > 0) {
    const known = running.map((run) => run.name || String(run.pid)).join(', ');
    throw new CliError(EXIT.environment, `no running sandbox is called ${name}; running: ${known}`);
  }
  throw new CliError(EXIT.environment, `no sandbox is running\n  Start one: ${PROGRAM} scenarios/canary.yaml`);
}

/** Talks to the control API of one running sandbox. */
export class ControlClient {
  readonly #run: RunFile;

  constructor(run: RunFile) {
    this.#run = run;
  }

  /** The answer's JSON. @throws CliError when it is no success */
  async get<T>(path: string): Promise<T> {
    return this.#expect(await this.call<T>('GET', path));
  }

  /** The answer's JSON. @throws CliError when it is no success */
  async post<T>(path: string, body: unknown): Promise<T> {
    return this.#expect(await this.call<T>('POST', path, body));
  }

  /** The answer, whatever it is. @throws CliError environment when there is none */
  async call<T>(method: string, path: string, body?: unknown): Promise<ControlAnswer<T>> {
    const { status, text } = await this.#send(method, path, body);
    return { status, body: parse(text) as T };
  }

  /** @throws CliError with the API's own words */
  refuse({ status, body }: ControlAnswer<unknown>): never {
    const message = (body as { message?: string } | undefined)?.message ?? `the sandbox answered ${status}`;
    throw new CliError(exitCodeFor(status), message);
  }

  #expect<T>(answer: ControlAnswer<T>): T {
    return answer.status >= 200 && answer.status < 300 ? answer.body : this.refuse(answer);
  }

  #send(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
    const { control, token, pid } = this.#run;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const fail = (why: string) =>
        reject(new CliError(EXIT.environment, `the sandbox with pid ${pid} does not answer at ${control}: ${why}`));
      // Not fetch: it may be told to go through http_proxy, which is the sandbox itself.
      const sent = request(`${control}${path}`, { method, headers, agent: false, timeout: TIMEOUT }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', ({ message }) => fail(message));
      });
      sent.on('timeout', () => sent.destroy(new Error(`nothing for ${TIMEOUT / 1000} s`)));
      sent.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function exitCodeFor(status: number): number {
  if (status === 501) return EXIT.usage;
  if (status === 500) return EXIT.bug;
  return status === 401 || status === 403 || status === 421 ? EXIT.environment : EXIT.refused;
}
