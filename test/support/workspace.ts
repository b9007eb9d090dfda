import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Sandbox } from './sandbox.ts';

export const PROJECT = join(import.meta.dirname, '..', '..');
export const LAUNCHER = join(PROJECT, 'bin', 'k8s-ingress-sandbox.mjs');
/** Any free port for everything: tests never share one. */
export const FREE_PORTS: readonly string[] = Object.freeze(
  ['http', 'https', 'ui', 'api', 'dns'].flatMap((name) => [`--${name}-port`, '0']),
);

/** How a command went. */
export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** What a command may be given. */
export interface RunOptions {
  readonly input?: string;
  /** Killed after this time, milliseconds. */
  readonly patience?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A folder of a student's own, with run files of its own; everything started in it ends with it. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), 'student-'));
  readonly env: NodeJS.ProcessEnv;
  readonly #started: Sandbox[] = [];

  constructor() {
    // As a person starts it, not as a child of `npm test`.
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|http_proxy|https_proxy|no_proxy)/i.test(name),
    );
    const runtime = join(this.folder, '.runtime');
    mkdirSync(runtime, { mode: 0o700 });
    this.env = { ...Object.fromEntries(own), XDG_RUNTIME_DIR: runtime, npm_config_update_notifier: 'false' };
  }

  /** Writes a file; its name is what the CLI is given. */
  write(name: string, text: string | Uint8Array): string {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Saves a file with a change; the text to change must be there. */
  edit(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (!text.includes(from)) throw new Error(`${name} has no ${JSON.stringify(from)}`);
    this.write(name, text.replaceAll(from, to));
  }

  /** Copies a scenario here. */
  scenario(name: string): string {
    copyFileSync(join(PROJECT, 'scenarios', `${name}.yaml`), join(this.folder, `${name}.yaml`));
    return `${name}.yaml`;
  }

  /** Starts the CLI on free ports. */
  start(...args: string[]): Sandbox {
    return this.spawn(process.execPath, LAUNCHER, ...args, ...FREE_PORTS);
  }

  /** Starts a program that goes on until it is stopped. */
  spawn(command: string, ...args: string[]): Sandbox {
    return this.spawnIn(this.folder, command, ...args);
  }

  /** The same in another folder. */
  spawnIn(cwd: string, command: string, ...args: string[]): Sandbox {
    const sandbox = new Sandbox(command, args, { cwd, env: this.env });
    this.#started.push(sandbox);
    return sandbox;
  }

  /** Runs a command of the CLI to its end. */
  cli(...args: string[]): Promise<Result> {
    return this.run(process.execPath, [LAUNCHER, ...args]);
  }

  /** Runs a line of a shell to its end. */
  shell(line: string, patience?: number): Promise<Result> {
    return this.run('/bin/bash', ['-c', line], patience === undefined ? {} : { patience });
  }

  /** Runs a program to its end. */
  async run(
    command: string,
    args: readonly string[],
    { input = '', patience = 30_000, env = {} }: RunOptions = {},
  ): Promise<Result> {
    const start = performance.now();
    const child = spawn(command, args, { cwd: this.folder, env: { ...this.env, ...env }, detached: true });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (output.stdout += chunk));
    child.stderr.on('data', (chunk) => (output.stderr += chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const timer = setTimeout(() => process.kill(-(child.pid as number), 'SIGKILL'), patience);
    const [status] = await once(child, 'close');
    clearTimeout(timer);
    return { status, ...output, milliseconds: performance.now() - start };
  }

  /** Pids in the run files: none once everything has ended. */
  runningSandboxes(): number[] {
    const files = readdirSync(this.env.XDG_RUNTIME_DIR as string, { recursive: true }).map(String);
    return files.flatMap((file) => (file.endsWith('.json') ? [Number.parseInt(basename(file), 10)] : []));
  }

  /** Ends what still runs and removes the folder. */
  async clear(): Promise<void> {
    await Promise.all(this.#started.map((sandbox) => sandbox.kill()));
    for (const pid of this.runningSandboxes()) killIfThere(pid);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A sandbox that was killed leaves its run file behind. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
