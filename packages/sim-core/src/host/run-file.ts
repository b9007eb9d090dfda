import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { KubeconfigContext } from './kubeconfig.ts';

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
  /** Link for a class that looks on, with the viewer's token; only with `--classroom`. */
  classroom?: string;
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
  /** How kubectl reaches its Kubernetes API. */
  kubectl?: KubeconfigContext;
}

const ANOTHER_FOLDER = '  Set XDG_RUNTIME_DIR to a folder of your own.';

/** A folder for run files that must not be used; the message says why and what to do. */
export class RunDirectoryError extends Error {
  override readonly name = 'RunDirectoryError';
}

/** Folder of this user's run files; other users can't read it. */
export function runDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const uid = process.getuid?.() ?? userInfo().username;
  const { XDG_RUNTIME_DIR } = environment;
  // Inside containers and behind su the variable often names a folder that does not exist.
  const parent = XDG_RUNTIME_DIR && existsSync(XDG_RUNTIME_DIR) ? XDG_RUNTIME_DIR : tmpdir();
  return join(parent, `k8s-ingress-sandbox-${uid}`);
}

/**
 * Writes the run file of this process, in one step, so that a reader never sees half of it.
 * @throws RunDirectoryError when the folder cannot be written to, or somebody else could have made it
 */
export function writeRunFile(run: RunFile, directory = runDirectory()): void {
  writePrivateFile(directory, `${run.pid}.json`, `${JSON.stringify(run)}\n`);
}

/**
 * Writes a file that only this user can read into the folder of run files, in one step.
 * @throws RunDirectoryError as {@link writeRunFile}
 */
export function writePrivateFile(directory: string, name: string, text: string | Uint8Array): void {
  makeRunDirectory(directory);
  const path = join(directory, name);
  const draft = join(directory, `${process.pid}.new`);
  try {
    chmodSync(directory, 0o700);
    rmSync(draft, { force: true });
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    throw new RunDirectoryError(`cannot write ${path}: ${(error as Error).message}\n${ANOTHER_FOLDER}`);
  }
}

function makeRunDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new RunDirectoryError(`cannot make ${directory}: ${(error as Error).message}\n${ANOTHER_FOLDER}`);
  }
  const stranger = whyUnsafe(directory);
  if (stranger !== '') throw new RunDirectoryError(`${directory} ${stranger}\n${ANOTHER_FOLDER}`);
}

/**
 * Why a folder is not ours alone: in a folder that all may write to, somebody else may have been there first, with a
 * folder of their own or with a link. '' when it is.
 */
export function whyUnsafe(directory: string): string {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  if (stats === undefined || stats.isSymbolicLink()) return 'is a link; run files have a folder of their own';
  if (!stats.isDirectory()) return 'is no folder';
  return stats.uid === (process.getuid?.() ?? stats.uid) ? '' : 'belongs to somebody else';
}

/** Takes the run file away; one that is gone is no error. */
export function removeRunFile(pid: number, directory = runDirectory()): void {
  rmSync(join(directory, `${pid}.json`), { force: true });
}

/** Sandboxes of this user that run, newest first. Files that a killed one left behind are cleared away. */
export function runningSandboxes(directory = runDirectory()): RunFile[] {
  // What somebody else has put there could lead us anywhere.
  if (whyUnsafe(directory) !== '') return [];
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

/** Whether the process runs; one that belongs to somebody else counts, one that has ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** In containers nobody may fetch the end of what was killed. Known on Linux only. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}
