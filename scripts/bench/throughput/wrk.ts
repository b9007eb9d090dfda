import { execFileSync } from 'node:child_process';
import { cpuMicroseconds } from '../cpu.ts';
import type { Peer } from './peer.ts';

/** What one round of load came to. */
export interface Round {
  readonly requestsPerSecond: number;
  /** CPU time of the server a request, microseconds; NaN where the system does not tell. */
  readonly cpu: number;
}

/** How the load is made. */
export interface Load {
  readonly seconds: number;
  readonly secure?: boolean;
  /** A new connection for every request. */
  readonly newConnections?: boolean;
  /** At once; 50 unless told. */
  readonly connections?: number;
}

/** Fires at a peer from many connections. @throws Error when an answer was no success, or a connection was lost */
export function fire(peer: Peer, { seconds, secure = false, newConnections = false, connections = 50 }: Load): Round {
  const headers = [
    ...(peer.host === undefined ? [] : [`Host: ${peer.host}`]),
    ...(newConnections ? ['Connection: close'] : []),
  ];
  const url = secure ? (peer.secureUrl ?? '') : peer.url;
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, ...headers.flatMap((header) => ['-H', header]), url];
  const before = cpuMicroseconds(peer.processes);
  const output = execFileSync('wrk', args, { encoding: 'utf8' });
  const spent = cpuMicroseconds(peer.processes) - before;
  if (/Non-2xx/.test(output)) throw new Error(`not every answer of ${peer.name} was a success:\n${output}`);
  if (/Socket errors: (?!connect 0, read 0, write 0)/.test(output))
    throw new Error(`connections to ${peer.name} were lost:\n${output}`);
  const requests = Number(/(\d+) requests in/.exec(output)?.[1]);
  return { requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]), cpu: spent / requests };
}
