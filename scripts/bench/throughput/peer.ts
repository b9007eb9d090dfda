import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A server under load: how to reach it and how to end it. */
export interface Peer {
  readonly name: string;
  /** http, and https where it speaks TLS. */
  readonly url: string;
  readonly secureUrl?: string;
  /** Value of the Host header; the URL's own without it. */
  readonly host?: string;
  /** Its processes, the backend's included. */
  readonly processes: readonly ChildProcess[];
  stop(): Promise<void>;
}

/** The body that every backend answers with. */
export const BODY = 'x'.repeat(100);

/** Fields of the JSON lines of a child, until one of that event came; what was in earlier ones is kept. */
export async function untilEvent(child: ChildProcess, event: string): Promise<Record<string, string>> {
  if (child.stdout === null) throw new Error('no standard output');
  const said: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as Record<string, string>;
    Object.assign(said, message);
    if (message.event !== event) continue;
    child.stdout.resume();
    return said;
  }
  throw new Error(`it ended before it was ${event}`);
}

/** Ends a child and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Waits until a URL answers, for five seconds. */
export async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (spawnSync('curl', ['-skf', '-o', '/dev/null', url]).status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer`);
}

/** A port that was free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
