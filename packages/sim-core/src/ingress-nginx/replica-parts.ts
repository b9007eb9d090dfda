import type { Client } from '../client/client.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import type { Random, RandomStream } from '../sim/random.ts';
import type { ContainerContext } from '../workloads/program.ts';
import type { Certificates } from './certificates.ts';
import type { DecisionRecords } from './nginx/decision-record.ts';
import type { Origin } from './nginx/edge-request.ts';
import type { SplitCounters } from './nginx/split-counters.ts';

/** `GET /version` of the API server, as far as it is logged. */
export interface ServerVersion {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly platform: string;
}

/** What a replica is made from. */
export interface ReplicaParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly certificates: Certificates;
  readonly records: DecisionRecords;
  readonly splits: SplitCounters;
  /** Milliseconds of cluster time until an Ingress gets its address. */
  statusDelay(): number;
  readonly traceHeader: boolean;
  /** The container that it runs in. */
  readonly context: ContainerContext;
  /** The stream of canary draws of a primary upstream: one in the cluster, whichever replica draws. */
  drawStream(origin: Origin, upstream: string): RandomStream;
  newRequestId(): string;
  /** What the API server says of itself. */
  readonly serverVersion: ServerVersion;
  /** Whether no other replica runs. */
  isLast(): boolean;
}
