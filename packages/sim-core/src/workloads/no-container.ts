import type { Clock } from '../sim/clock.ts';
import { ContainerFiles } from './files/container-files.ts';
import type { PodNetwork } from './name-server.ts';
import { ProcessTable } from './process-table.ts';
import type { ContainerContext } from './program.ts';

const NO_NETWORK: PodNetwork = Object.freeze({
  nameServer: '',
  query: () => ({ rcode: 'NXDOMAIN', answers: [], additionals: [] }) as const,
  candidates: (name: string) => [name],
  dial: () => 'timeout' as const,
  ping: () => false,
  listening: () => [],
});

const NO_CERTIFICATE = Object.freeze({ certPem: '', keyPem: '' });

type NoContainer = Pick<ContainerContext, 'network' | 'files' | 'processes' | 'write' | 'selfSigned'>;

/** What a program that runs in no container has of one: no files, no processes, nobody who reads its output. */
export function noContainer(clock: Clock): NoContainer {
  const files = new ContainerFiles({ image: () => ({}), mounts: () => [], now: () => clock.now() });
  const processes = new ProcessTable();
  return {
    network: NO_NETWORK,
    files: () => files,
    processes: () => processes,
    write: () => {},
    selfSigned: () => NO_CERTIFICATE,
  };
}
