import { execFile } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { type Edge, type EdgeOptions, startEdge } from '../edge.ts';
import type { OwnPorts } from '../own-ports.ts';
import type { EdgeProblem } from '../problems.ts';
import { TestEngine } from './engine.ts';
import { RawClient } from './raw-client.ts';

/** An edge on free ports before a test engine; closed when the test ends. */
export async function runningEdge(options: Partial<EdgeOptions> = {}) {
  const engine = new TestEngine();
  const problems: EdgeProblem[] = [];
  const errors: unknown[] = [];
  const announced: OwnPorts[] = [];
  const edge: Edge = await startEdge({
    engine,
    httpPort: 0,
    httpsPort: 0,
    onProblem: (problem) => problems.push(problem),
    onError: (error) => errors.push(error),
    onLoadBalancer: (balancer) => announced.push(balancer),
    ...options,
  });
  onTestFinished(() => edge.close());
  const client = (port = edge.httpPort, host?: string): RawClient => {
    const raw = new RawClient(port, host);
    onTestFinished(() => void raw.socket.destroy());
    return raw;
  };
  return { engine, edge, problems, errors, announced, client };
}

/** Runs a program; its output and exit code. */
export function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(command, args, { env: { PATH: process.env.PATH, ...env }, timeout: 10_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
