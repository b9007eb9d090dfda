import { baseName } from '../files/path.ts';
import type { Console, ContainerContext, Program, RunningProgram } from '../program.ts';
import { isSimulated } from '../shell/machine.ts';
import { startProcess } from '../shell/start-process.ts';
import { Pipe, type Streams, textInput } from '../shell/streams.ts';
import { Terminal } from '../shell/terminal.ts';

/** Images that hold a shell and tools and do nothing by themselves: without a command they run their shell. */
const IMAGES: readonly string[] = Object.freeze([
  ...'alpine amazonlinux bash busybox centos debian fedora ubuntu'.split(' ').map((name) => `*/library/${name}`),
  'registry.k8s.io/e2e-test-images/busybox',
  'registry.k8s.io/e2e-test-images/jessie-dnsutils',
  'registry.k8s.io/busybox',
  'docker.io/curlimages/curl',
  'docker.io/nicolaka/netshoot',
  'docker.io/radial/busyboxplus',
]);

/** busybox and the like: runs scripts and the commands of its image. */
export const shell: Program = Object.freeze({
  name: 'shell',
  images: IMAGES,
  start: (context: ContainerContext) => startShell(context, undefined),
});

/** Commands that are the image's own program unless a script calls them. */
const SERVERS: readonly string[] = Object.freeze(['nginx']);

/** Whether the shell runs what the manifest says (`sleep 3600`, `sh -c "…"`), not the image's own program. */
export function runsInShell({ container, argv }: Pick<ContainerContext, 'container' | 'argv'>): boolean {
  const name = argv[0] ?? '';
  return (container.command ?? []).length > 0 && isSimulated(name) && !SERVERS.includes(baseName(name));
}

/**
 * Runs the container's command line. Where it calls something that is no command of ours, `own` takes over for good: the
 * image's own program (`sh -c "prepare && exec server"`). Like every process with number 1 that sets no handler, a shell
 * does not hear SIGTERM: it is killed when the grace period is over.
 */
export function startShell(context: ContainerContext, own: Program | undefined): RunningProgram {
  let running: RunningProgram | undefined;
  const takeOver = (): boolean => {
    running ??= own?.start(context);
    return running !== undefined;
  };
  const { console, streams, terminal } = openConsole(context);
  const argv = commandOf(context);
  const process = startProcess({
    context,
    argv,
    streams,
    onExit: (status) => context.exit(status),
    ...(own && { takeOver }),
    ...(terminal && { terminal }),
  });
  if (process === undefined) notFound(context, argv[0] ?? '');
  return {
    listener: (port) => running?.listener(port),
    requests: () => running?.requests?.() ?? 0,
    get anyPort() {
      return running?.anyPort ?? false;
    },
    ...(console && { console }),
    stop: (done) => {
      if (running !== undefined) running.stop?.(done);
      else process?.terminate((status) => context.exit(status));
    },
    kill: () => {
      running?.kill?.();
      process?.kill(137);
    },
  };
}

/** What the image runs: its entrypoint is known of those that have one. */
function commandOf({ container, argv, image }: ContainerContext): readonly string[] {
  if ((container.command ?? []).length > 0) return argv;
  const isCurl = image.repository === 'curlimages/curl';
  if (isCurl && (argv.length === 0 || !isSimulated(argv[0] as string))) return ['curl', ...argv];
  if (argv.length > 0) return argv;
  return [/(debian|ubuntu|fedora|centos|amazonlinux|\/bash|netshoot)$/.test(image.repository) ? 'bash' : 'sh'];
}

/** The runtime's words; the kubelet reports a container that could not be started with code 128. */
function notFound(context: ContainerContext, name: string): void {
  context.log(`exec: "${name}": executable file not found in $PATH`);
  context.exit(name.includes('/') ? 127 : 128);
}

function openConsole(context: ContainerContext): { console?: Console; streams: Streams; terminal?: Terminal } {
  const { stdin = false, tty = false } = context.container;
  const stdout = { write: (text: string) => context.write(text, 'stdout') };
  const stderr = { write: (text: string) => context.write(text, 'stderr') };
  if (tty) {
    const terminal = new Terminal((text) => context.write(text, 'stdout'));
    if (!stdin) terminal.hangUp();
    return { terminal, console: consoleOf(terminal), streams: { stdin: terminal, stdout: terminal, stderr: terminal } };
  }
  if (!stdin) return { streams: { stdin: textInput(''), stdout, stderr } };
  const pipe = new Pipe();
  const console: Console = {
    type: (text) => {
      if (!pipe.isFull) pipe.write(text);
    },
    hangUp: () => pipe.close(),
    resize: () => {},
    redraw: () => {},
  };
  return { console, streams: { stdin: pipe, stdout, stderr } };
}

/** A terminal as the one who types sees it. */
export function consoleOf(terminal: Terminal): Console {
  return {
    type: (text) => terminal.type(text),
    hangUp: () => terminal.hangUp(),
    resize: (columns) => {
      terminal.columns = columns;
    },
    redraw: () => terminal.redraw(),
  };
}
