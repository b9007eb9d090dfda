import { readFileSync } from 'node:fs';

/** How often the parents are looked at, milliseconds. */
const POLL = 200;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Signals that come together are one: a terminal and npm may both send Ctrl-C. Milliseconds. */
const TOGETHER = 100;
/** As shells count a program that SIGINT has ended. */
const FORCED = 130;

/** What brings a run to its end. */
export interface Ending {
  /** Settles once when the run is to end, with the reason. */
  readonly asked: Promise<string>;
  /** Ends the run from inside. */
  ask(why: string): void;
}

/**
 * Waits for whatever ends a run: a signal, the end of the npx or npm that started it, or of whoever reads its lines. A
 * second Ctrl-C while it drains ends the process at once.
 */
export function awaitEnd(): Ending {
  let ask: (why: string) => void = () => {};
  const asked = new Promise<string>((resolve) => {
    ask = resolve;
  });
  let first = 0;
  const signalled = (signal: string) => {
    if (first === 0) first = performance.now();
    else if (performance.now() - first > TOGETHER) process.exit(FORCED);
    ask(signal);
  };
  for (const signal of SIGNALS) process.on(signal, () => signalled(signal));
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' && ask('nobody reads what it says'));
  watchParents(() => ask('the program that started it is gone'));
  return { asked, ask };
}

/** Only what npm started ends with npm: a run in the background of a shell outlives the shell. */
function watchParents(gone: () => void): void {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  if (!startedByNpm(parent, grandparent)) return;
  const poll = setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) gone();
  }, POLL);
  poll.unref();
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
