import type { Client } from '../../client/client.ts';
import type { Clock } from '../../sim/clock.ts';
import type { Container } from '../container.ts';

/** What the kubelet's server is built from. */
export interface ServerParts {
  readonly client: Client;
  readonly clock: Clock;
  /** 64 hexadecimal digits, as containerd names what is executed. */
  newExecID(): string;
  /** A container of a pod that some node runs, or ran. */
  container(namespace: string, pod: string, name: string): Container | undefined;
}
