import type { RemoteProcess } from '../../kube-apiserver/kubelet-connection.ts';
import type { Console } from '../../workloads/program.ts';

/** The client's end of a process: what it types goes into the console, bytes put together to characters. */
export function typeInto(console: Console | undefined, kill: () => void): RemoteProcess {
  const decoder = new TextDecoder();
  return {
    stdin: (chunk) => console?.type(decoder.decode(chunk, { stream: true })),
    endStdin: () => console?.hangUp(),
    resize: (columns) => console?.resize(columns),
    kill,
  };
}
