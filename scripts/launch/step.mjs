// One step of the preparation: a child process with its output in a log file and a line or two on stderr.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

const TAIL_LINES = 15;
/** Where in npm's or a bundler's own code something failed helps nobody here; the log has it. */
const STACK_LINE = /^(npm error)?\s+at /;
const STILL_AT_IT_MS = 10_000;

/**
 * @param {{title: string, command: string[], root: string, log: string, advice: string}} step
 * @returns {Promise<string | undefined>} undefined on success, else the whole message for the user
 */
export async function runStep({ title, command, root, log, advice }) {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 100) / 10} s`;
  say(`${title} …`);
  const stillAtIt = setInterval(() => say(`${title} … ${seconds()}`), STILL_AT_IT_MS);
  const outcome = await run(command, root, log);
  clearInterval(stillAtIt);
  if (outcome === 0) {
    say(`${title}: done in ${seconds()}`);
    return undefined;
  }
  return [
    `${tail(log)}`,
    `k8s-ingress-sandbox: ${title} failed (${outcome}) after ${seconds()}.`,
    advice,
    `The whole log: ${log}`,
  ].join('\n');
}

/** @type {(command: string[], cwd: string, log: string) => Promise<string | number | null>} */
function run([program = '', ...args], cwd, log) {
  const file = openSync(log, 'w');
  // A shell finds npx.cmd and pnpm.cmd on Windows; none of the arguments needs quoting.
  const shell = process.platform === 'win32' && program !== process.execPath;
  const child = spawn(program, args, { cwd, stdio: ['ignore', file, file], shell });
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop).once('SIGHUP', stop);
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  return ended.finally(() => {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
    closeSync(file);
  });
}

/** @param {string} log */
function tail(log) {
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
  return lines
    .filter((line) => !STACK_LINE.test(line))
    .slice(-TAIL_LINES)
    .join('\n');
}

/** @param {string} line */
function say(line) {
  console.error(`k8s-ingress-sandbox: ${line}`);
}
