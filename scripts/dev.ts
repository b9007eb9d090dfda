// pnpm dev [arguments of the command line]: runs the sandbox from the sources and starts it again when the engine changes.
// A change of the page alone is only built: reload the browser to see it, the cluster goes on.
import { type ChildProcess, spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';

const QUIET_MS = 150;
const root = join(import.meta.dirname, '..');
const launcher = join(root, 'bin', 'k8s-ingress-sandbox.mjs');
const argv = process.argv.length > 2 ? process.argv.slice(2) : ['scenarios/canary.yaml'];

let sandbox = start();
onQuietChange('sim-core', () => {
  const restart = (): void => {
    sandbox = start();
  };
  if (sandbox.exitCode !== null || sandbox.signalCode !== null) restart();
  else if (!sandbox.killed) sandbox.once('exit', restart).kill('SIGTERM');
});
onQuietChange('sim-ui', () => spawn(process.execPath, [launcher, '--prepare-only'], { cwd: root, stdio: 'inherit' }));

function start(): ChildProcess {
  return spawn(process.execPath, [launcher, ...argv], { cwd: root, stdio: 'inherit' });
}

/** Editors save in several steps, so this waits until a package has been quiet for a moment. */
function onQuietChange(name: string, act: () => void): void {
  let timer: NodeJS.Timeout | undefined;
  watch(join(root, 'packages', name, 'src'), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(act, QUIET_MS);
  });
}
