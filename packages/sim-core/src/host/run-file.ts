import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** The `ready` line of a running sandbox (interfaces.md, "--output json"). */
export interface ReadyLine {
  event: 'ready';
  http: string;
  https: string;
  /** The page, with its token. */
  ui: string;
  control: string;
  token: string;
  kubernetes: string | null;
  kubeconfig: string | null;
  dns: string | null;
  seed: string | number;
  pid: number;
}

/** What a run file holds: the ready line, and what `ps` shows beside it. */
export interface RunFile extends ReadyLine {
  /** Scenario as the user named it. */
  scenario: string;
  name: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Every port it holds. */
  ports: number[];
}

/** Folder of this user's run files; other users can't read it. */
export function runDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const uid = process.getuid?.() ?? userInfo().username;
  return join(environment.XDG_RUNTIME_DIR || tmpdir(), `k8s-ingress-sandbox-${uid}`);
}

/** Writes the run file of this process, in one step, so that a reader never sees half of it. */
export function writeRunFile(run: RunFile, directory = runDirectory()): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${run.pid}.json`);
  writeFileSync(`${path}.new`, `${JSON.stringify(run)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Takes the run file away; one that is gone is no error. */
export function removeRunFile(pid: number, directory = runDirectory()): void {
  rmSync(join(directory, `${pid}.json`), { force: true });
}

/** Sandboxes of this user that run, newest first. Files that a killed one left behind are cleared away. */
export function runningSandboxes(directory = runDirectory()): RunFile[] {
  const running = runFiles(directory).filter((run) => {
    if (isAlive(run.pid)) return true;
    removeRunFile(run.pid, directory);
    return false;
  });
  return running.sort((a, b) => b.startedAt - a.startedAt);
}

function runFiles(directory: string): RunFile[] {
  return listDirectory(directory).flatMap((file) => {
    if (!/^\d+\.json$/.test(file)) return [];
    const run = readRunFile(join(directory, file));
    return run === undefined ? [] : [run];
  });
}

function listDirectory(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function readRunFile(path: string): RunFile | undefined {
  try {
    const run = JSON.parse(readFileSync(path, 'utf8')) as RunFile;
    return Number.isInteger(run.pid) && typeof run.control === 'string' ? run : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process exists; one that belongs to somebody else counts as alive. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
