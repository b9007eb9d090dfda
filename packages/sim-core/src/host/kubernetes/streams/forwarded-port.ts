import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Workload } from '../../../workloads/workload.ts';
import { serveWorkload } from './serve-workload.ts';

/** What listens on a port of a pod, or why nothing does. */
export type DialPort = (port: number) => Workload | 'refused' | 'timeout';

export interface PortForwardOptions {
  readonly dial: DialPort;
  /** Tells this pod from others: messages name its sandbox, whose identity is made of it. */
  readonly pod: string;
  /** Told which protocol is spoken, as `WebSocket SPDY/3.1+portforward.k8s.io` or `SPDY/3.1 portforward.k8s.io`. */
  readonly onStream?: (protocol: string) => void;
  /** Told of an error that is none of the pod's. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Connects a client's byte stream with a port of the pod. When it is over `report` is told, once: with what went wrong, in
 * the words of kubelet and containerd, or without.
 */
export function forwardPort(
  data: Duplex,
  port: number,
  options: PortForwardOptions,
  report: (error?: string) => void,
): void {
  const { pod, onError } = options;
  const dial = guarded(options);
  const failed = (why: string) => report(`error forwarding port ${port} to pod ${sandboxId(pod)}, uid : ${why}`);
  const dialled = dial(port);
  if (typeof dialled === 'string') {
    failed(dialled === 'refused' ? refusedText(pod, port) : closedText(pod));
    data.resume();
    return void data.end(() => data.destroy());
  }
  let ended = false;
  data.once('finish', () => {
    ended = true;
    data.destroy();
  });
  data.once('close', () => (ended ? report() : failed(resetText(pod, port))));
  serveWorkload(data, { port, dial, onError: (error) => onError?.(error) });
}

/** An error of the network's is no answer of the pod's, and ends nothing but this connection. */
function guarded({ dial, onError }: PortForwardOptions): DialPort {
  return (port) => {
    try {
      return dial(port);
    } catch (error) {
      onError?.(error);
      return 'timeout';
    }
  };
}

/** containerd's identity of the pod's sandbox: 64 hexadecimal digits. */
function sandboxId(pod: string): string {
  return createHash('sha256').update(pod).digest('hex');
}

function inNamespace(pod: string, why: string): string {
  const hex = createHash('sha256').update(`netns ${pod}`).digest('hex');
  const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return `failed to execute portforward in network namespace "/var/run/netns/cni-${uuid}": ${why}`;
}

/** containerd's words, the blank at the end included (internal/cri/server/sandbox_portforward_linux.go). */
function refusedText(pod: string, port: number): string {
  const why = `IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6: address localhost: no suitable address found `;
  return inNamespace(pod, `failed to connect to localhost:${port} inside namespace "${sandboxId(pod)}", ${why}`);
}

function resetText(pod: string, port: number): string {
  return inNamespace(
    pod,
    `read tcp4 127.0.0.1:${ephemeralPort(port)}->127.0.0.1:${port}: read: connection reset by peer`,
  );
}

function ephemeralPort(port: number): number {
  return 32_768 + ((port * 7919) % 28_232);
}

/** The pod runs no more. */
function closedText(pod: string): string {
  return `network namespace for sandbox "${sandboxId(pod)}" is closed`;
}
