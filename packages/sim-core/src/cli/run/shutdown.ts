import { readFileSync } from 'node:fs';

/** How often the parents are looked at, milliseconds. */
const POLL = 200;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls back once when the run is to end: a signal, or the end of the npx or npm that started it. Returns how to stop. */
export function onEnd(callback: (why: string) => void): () => void {
  let over = false;
  const end = (why: string) => {
    if (over) return;
    over = true;
    stop();
    callback(why);
  };
  const handlers = SIGNALS.map((signal) => [signal, () => end(signal)] as const);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const poll = watchParents(() => end('the program that started it is gone'));
  const stop = () => {
    clearInterval(poll);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
  return stop;
}

/** Only what npm started ends with npm: a run in the background of a shell outlives the shell. */
function watchParents(gone: () => void): ReturnType<typeof setInterval> | undefined {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  if (!startedByNpm(parent, grandparent)) return undefined;
  const poll = setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) gone();
  }, POLL);
  poll.unref();
  return poll;
}

/**
 * Whether npm or npx is the parent, or the parent's parent (they run us through a shell). Its environment alone proves
 * little: everything below a script inherits it.
 */
function startedByNpm(parent: number, grandparent: number | undefined): boolean {
  if (process.env.npm_command === undefined && process.env.npm_lifecycle_event === undefined) return false;
  if (grandparent === undefined) return true;
  return [parent, grandparent].some((pid) => /\bnp[mx]\b/.test(commandLineOf(pid)));
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** The parent of a process, where the system tells it cheaply: npx runs us through a shell, which outlives it. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
