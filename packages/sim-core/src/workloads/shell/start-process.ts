import type { ContainerContext } from '../program.ts';
import { machineOf } from './machine.ts';
import type { Executable, Machine, Process, TerminalControl } from './process.ts';
import type { Streams } from './streams.ts';
import { ProcessGroup } from './task.ts';
import type { Run } from './wait.ts';

/** What a process is started with. */
export interface StartOptions {
  readonly context: ContainerContext;
  readonly argv: readonly string[];
  readonly streams: Streams;
  readonly terminal?: TerminalControl;
  /** Called once with the exit status. */
  onExit(status: number): void;
  takeOver?(): boolean;
}

/** A process that runs in a container. */
export interface StartedProcess {
  readonly group: ProcessGroup;
  kill(status: number): void;
  /** SIGTERM: false where nothing handles it. */
  terminate(done: (status: number) => void): boolean;
}

/**
 * Starts a program in a container, as exec does and as its own command line does. Undefined when there is no such program;
 * `onExit` is not called then.
 */
export function startProcess(options: StartOptions): StartedProcess | undefined {
  const { context, argv, streams, terminal, takeOver } = options;
  const machine = machineOf(context, takeOver);
  const [name = '', ...args] = argv;
  const cwd = context.container.workingDir ?? machine.tools.workingDirectory;
  const executable = machine.find(name, cwd);
  if (executable === undefined) return undefined;
  const group = new ProcessGroup(context.clock, (error) => {
    streams.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  });
  const process: Process = {
    name,
    args,
    env: environment(machine),
    cwd,
    machine,
    group,
    ...streams,
    ...(terminal && { terminal }),
  };
  return launch(executable, process, options);
}

function launch(
  executable: Executable,
  process: Process,
  { context, argv, terminal, onExit }: StartOptions,
): StartedProcess {
  const processes = context.processes();
  let kill = (_status: number): void => {};
  const pid = processes.add({
    command: argv.join(' '),
    startedAt: context.clock.now(),
    // A process that handles nothing ends by the signal; number 1 of a container hears none.
    signal: (number) => (pid === 1 ? undefined : kill(128 + number)),
  });
  terminal?.foreground(process.group);
  kill = process.group.spawn(asRun(executable, process), (status) => {
    processes.remove(pid);
    onExit(status);
  });
  return {
    group: process.group,
    kill: (status) => {
      process.group.kill(status);
      kill(status);
    },
    terminate: (done) => {
      const handler = process.group.onTerminate;
      if (handler !== undefined) process.group.child().spawn(handler(), done);
      return handler !== undefined;
    },
  };
}

function* asRun(executable: Executable, process: Process): Run {
  const result = executable(process);
  return typeof result === 'number' ? result : yield* result;
}

/** The container's environment with what every process has. */
function environment({ context, tools }: Machine): Map<string, string> {
  const env = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', context.env['HOSTNAME'] ?? context.pod.metadata.name],
  ]);
  for (const name in context.env) env.set(name, context.env[name] as string);
  if (context.container.tty === true) env.set('TERM', 'xterm');
  if (!env.has('HOME')) env.set('HOME', tools.user.uid === 0 ? '/root' : tools.workingDirectory);
  return env;
}
