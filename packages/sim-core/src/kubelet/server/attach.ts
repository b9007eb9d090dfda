import type { ExecRequest, ProcessOutput, RemoteProcess } from '../../kube-apiserver/kubelet-connection.ts';
import type { Container } from '../container.ts';
import { typeInto } from './remote-input.ts';
import { runningContainer } from './running-container.ts';
import type { ServerParts } from './server-parts.ts';

/**
 * `POST /attach` (pkg/kubelet/server/server.go getAttach): joins the container's main process, from now on.
 * @throws StatusError NotFound, BadRequest, or the kubelet's own 500
 */
export function attach(
  parts: ServerParts,
  namespace: string,
  pod: string,
  request: ExecRequest,
  output: ProcessOutput,
): RemoteProcess {
  const { container, life } = runningContainer(parts, namespace, pod, request.container);
  const { spec } = container;
  const missed = missedBy(container);
  const leave = container.output?.attach({
    output: (text, stream) => {
      if (stream === 'stdout' || spec.tty === true) output.stdout(text);
      else output.stderr(text);
    },
    exit: () => output.exit(0),
  });
  if (missed !== '') output.stdout(missed);
  const console = request.stdin ? life.console : undefined;
  const remote = typeInto(console, () => {
    leave?.();
    // With stdinOnce the first client that goes takes the input with it.
    if (request.stdin && spec.stdinOnce === true) console?.hangUp();
  });
  if (missed === '') console?.redraw();
  return { ...remote, endStdin: () => (spec.stdinOnce === true ? console?.hangUp() : undefined) };
}

/**
 * What a container that waits for input wrote before its first client came. A real one is slow enough for `kubectl run -it` to
 * be there in time; ours has said everything by then.
 */
function missedBy({ spec, output }: Container): string {
  return spec.stdin === true && output?.wasAttached === false ? output.text : '';
}
