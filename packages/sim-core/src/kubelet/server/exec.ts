import type { ExecRequest, ProcessOutput, RemoteProcess } from '../../kube-apiserver/kubelet-connection.ts';
import type { Console } from '../../workloads/program.ts';
import { consoleOf } from '../../workloads/programs/shell.ts';
import { type StartedProcess, startProcess } from '../../workloads/shell/start-process.ts';
import { Pipe, type Streams, textInput } from '../../workloads/shell/streams.ts';
import { Terminal } from '../../workloads/shell/terminal.ts';
import type { ContainerLife } from '../life.ts';
import { typeInto } from './remote-input.ts';
import { runningContainer } from './running-container.ts';
import type { ServerParts } from './server-parts.ts';

const SIGKILLED = 137;

/**
 * `POST /exec` (pkg/kubelet/server/server.go getExec): runs a command in a container.
 * @throws StatusError NotFound, BadRequest, or the kubelet's own 500
 */
export function exec(
  parts: ServerParts,
  namespace: string,
  pod: string,
  request: ExecRequest,
  output: ProcessOutput,
): RemoteProcess {
  const { life } = runningContainer(parts, namespace, pod, request.container);
  const { streams, console, terminal } = openStreams(request, output);
  return run(life, request, { streams, console, terminal, output }, parts.newExecID());
}

interface Ends {
  readonly streams: Streams;
  readonly console: Console | undefined;
  readonly terminal: Terminal | undefined;
  readonly output: ProcessOutput;
}

function run(
  life: ContainerLife,
  { command }: ExecRequest,
  { streams, console, terminal, output }: Ends,
  id: string,
): RemoteProcess {
  let over = false;
  const end = (code: number, message?: string): void => {
    if (over) return;
    over = true;
    forget();
    output.exit(code, message);
  };
  const forget = life.onEnd(() => process?.kill(SIGKILLED));
  const process: StartedProcess | undefined =
    life.context &&
    startProcess({
      context: life.context,
      argv: command,
      streams,
      onExit: (status) => end(status),
      ...(terminal && { terminal }),
    });
  if (process === undefined) end(1, notFound(command[0] ?? '', id));
  return typeInto(console, () => process?.kill(SIGKILLED));
}

/** containerd's words around runc's. */
function notFound(name: string, id: string): string {
  const why = name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH';
  return `failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${why}: unknown`;
}

function openStreams({ stdin, tty }: ExecRequest, output: ProcessOutput): Omit<Ends, 'output'> {
  if (tty) {
    const terminal = new Terminal((text) => output.stdout(text));
    if (!stdin) terminal.hangUp();
    return { terminal, console: consoleOf(terminal), streams: { stdin: terminal, stdout: terminal, stderr: terminal } };
  }
  const stdout = { write: (text: string) => output.stdout(text) };
  const stderr = { write: (text: string) => output.stderr(text) };
  if (!stdin) return { terminal: undefined, console: undefined, streams: { stdin: textInput(''), stdout, stderr } };
  const pipe = new Pipe();
  const console: Console = {
    type: (text) => (pipe.isFull ? undefined : pipe.write(text)),
    hangUp: () => pipe.close(),
    resize: () => {},
    redraw: () => {},
  };
  return { terminal: undefined, console, streams: { stdin: pipe, stdout, stderr } };
}
