import { type RunFile, runningSandboxes } from '../host/run-file.ts';
import { CliError, EXIT } from './exit-codes.ts';

/** Longest wait for an answer of a running sandbox, milliseconds. */
const TIMEOUT = 10_000;

/**
 * The running sandbox that a command means: the one of that name or pid, or the newest.
 * @throws CliError environment when none runs
 */
export function findSandbox(name: string | undefined): RunFile {
  const running = runningSandboxes();
  const found = name === undefined ? running[0] : running.find((run) => run.name === name || String(run.pid) === name);
  if (found !== undefined) return found;
  if (name !== undefined && running.length > 0) {
    const known = running.map((run) => run.name || String(run.pid)).join(', ');
    throw new CliError(EXIT.environment, `no running sandbox is called ${name}; running: ${known}`);
  }
  throw new CliError(
    EXIT.environment,
    'no sandbox is running\n  Start one: npx k8s-ingress-sandbox scenarios/canary.yaml',
  );
}

/** An answer of the control API: its status and its JSON. */
export interface ControlAnswer<T> {
  status: number;
  body: T;
}

/** Calls the control API of a running sandbox. @throws CliError environment when it does not answer */
export async function callControl<T>(
  run: RunFile,
  method: string,
  path: string,
  body?: unknown,
): Promise<ControlAnswer<T>> {
  try {
    const response = await fetch(`${run.control}${path}`, {
      method,
      headers: { authorization: `Bearer ${run.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T };
  } catch (error) {
    throw new CliError(
      EXIT.environment,
      `the sandbox with pid ${run.pid} does not answer at ${run.control}: ${reasonOf(error)}`,
    );
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
