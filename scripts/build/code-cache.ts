import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const TIMEOUT_MS = 15_000;
const FREE_PORTS = ['--http-port', '--https-port', '--ui-port', '--api-port', '--dns-port'].flatMap((flag) => [
  flag,
  '0',
]);
const SCENARIO_RUN = ['scenarios/canary.yaml', '--cloud-delay', '0s', '--no-open', '--output', 'json', ...FREE_PORTS];
const GRADE = ['grade', 'canary-weight', 'scenarios/canary-weight/solution', '--no-batch', '--output', 'json'];

/**
 * Warms the bundle up with the scenario that most people start, one request included, then with a grade, each in a process of its
 * own that begins with what the one before has stored; stores what V8 compiled.
 * A start without a code cache only takes longer, so an engine that cannot run the scenario is warmed up less, not failed.
 *
 * @returns what was warmed up
 */
export async function writeCodeCache(root: string, dist: string, entry: string): Promise<string> {
  if (await warmUp(root, dist, entry, SCENARIO_RUN))
    return (await warmUp(root, dist, entry, GRADE)) ? 'scenario and grade' : 'scenario';
  if (await warmUp(root, dist, entry, ['version'])) return 'version only';
  return 'none';
}

async function warmUp(root: string, dist: string, entry: string, argv: string[]): Promise<boolean> {
  // The run must not touch the user's own state (kubeconfig, running sandboxes).
  const home = mkdtempSync(join(tmpdir(), 'k8s-ingress-sandbox-'));
  const env = {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    XDG_RUNTIME_DIR: home,
    XDG_STATE_HOME: home,
    XDG_CONFIG_HOME: home,
  };
  const writer = join(root, 'scripts', 'build', 'write-code-cache.mjs');
  const child = fork(writer, [dist, entry, ...argv], {
    cwd: root,
    env,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  });
  const timeout = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const write = (): boolean => child.connected && child.send('write');
  let url = '';
  let host = 'localhost';
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const event = parseEvent(line);
    if (event.event === 'ready') url = event.http ?? '';
    if (event.event === 'loadbalancer') host = event.hostname ?? host;
    if (event.event !== 'settled') return;
    get(url, { headers: { host } }, (answer) => answer.resume().on('end', write)).on('error', write);
  });
  const written = await new Promise<boolean>((resolve) => {
    child.on('message', (message) => (message === 'ended 0' ? write() : resolve(message === 'written')));
    child.on('exit', () => resolve(false));
  });
  clearTimeout(timeout);
  child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
  return written;
}

/** A line of `--output json`; anything else is no event. */
function parseEvent(line: string): { event?: string; http?: string; hostname?: string } {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return {};
  }
}
