import { toolsOf } from '../workloads/image-tools.ts';
import type { ContainerContext } from '../workloads/program.ts';
import { runsInShell } from '../workloads/programs/shell.ts';
import { startProcess } from '../workloads/shell/start-process.ts';
import { Collected, textInput } from '../workloads/shell/streams.ts';

/** What came of a command that the kubelet ran for itself. */
export type ExecResult =
  | { readonly code: number; readonly output: string }
  /** It did not end in time. */
  | 'timeout'
  /** Whether it succeeds cannot be told: it is no command of ours, or asks for files of a program that does not run. */
  | 'not simulated';

/** Output that is kept (pkg/probe/exec maxReadLength). */
const LONGEST_OUTPUT = 10_240;
const SIGKILLED = 137;

/**
 * Runs a command in a container and collects what it prints, standard error last (CRI ExecSync). `done` is called once. What runs
 * in our shell is known in full; of an image's own program nobody knows which files it writes, so a command that misses one, or
 * that is not known, is not simulated.
 */
export function execSync(
  context: ContainerContext,
  command: readonly string[],
  timeout: number,
  done: (result: ExecResult) => void,
): void {
  const tools = toolsOf(context.image);
  if (tools.userland === 'none') return done('not simulated');
  const [stdout, stderr] = [new Collected(), new Collected()];
  const files = context.files();
  const isKnown = isShellImage(context) || runsInShell(context);
  files.missed = false;
  let over = false;
  const end = (result: ExecResult): void => {
    if (over) return;
    over = true;
    cancel();
    done(result);
  };
  let cancel = (): void => {};
  const process = startProcess({
    context,
    argv: command,
    streams: { stdin: textInput(''), stdout, stderr },
    onExit: (code) => {
      const isUnknown = code === 127 || /: not simulated\n/.test(stderr.text) || (code !== 0 && files.missed);
      if (isUnknown && !isKnown) return end('not simulated');
      end({ code, output: (stdout.text + stderr.text).slice(0, LONGEST_OUTPUT) });
    },
  });
  if (process === undefined) return end('not simulated');
  if (over) return;
  cancel = context.clock.after(timeout, () => {
    end('timeout');
    process.kill(SIGKILLED);
  });
}

/** Images that do nothing but what their command line says. */
function isShellImage({ image }: ContainerContext): boolean {
  return /^library\/(busybox|alpine|debian|ubuntu|bash)$/.test(image.repository);
}
