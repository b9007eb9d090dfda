import type { Node } from '../api/core-v1/node.ts';
import type { Pod } from '../api/core-v1/pod.ts';
import type { Client } from '../client/client.ts';
import type { Asker } from '../network/dns/dns.ts';
import type { HttpClient } from '../network/http-client.ts';
import type { Network } from '../network/network.ts';
import type { Clock } from '../sim/clock.ts';
import type { RandomStream } from '../sim/random.ts';
import type { WrittenFiles } from '../workloads/files/volume-files.ts';
import type { ContainerContext } from '../workloads/program.ts';
import type { ServiceEnv } from './env/service-env.ts';
import type { ImageManager } from './image-manager.ts';

/** What all containers of the kubelet share. */
export interface KubeletServices {
  readonly client: Client;
  readonly clock: Clock;
  readonly network: Network;
  readonly http: HttpClient;
  readonly images: ImageManager;
  readonly serviceEnv: ServiceEnv;
  /** The token of a pod's service account; undefined when there is none to be had. */
  tokenFor(pod: Pod): string | undefined;
  /** Makes certificates for the programs of containers. */
  selfSigned: ContainerContext['selfSigned'];
  /** For container IDs. */
  readonly ids: RandomStream;
  /** Milliseconds between Created and Started. */
  startTime(): number;
  /** Tells the person who runs the simulation something; once each. */
  notice(message: string): void;
}

/** What a container sees of its pod. */
export interface PodRuntime {
  readonly services: KubeletServices;
  /** The pod as the API has it now. */
  readonly pod: Pod;
  readonly node: Node;
  readonly podIp: string;
  readonly hostIp: string;
  /** How names resolve in this pod. */
  readonly asker: Asker;
  /** What a volume holds that is written by containers (emptyDir and the like); they share it. */
  volume(name: string): WrittenFiles;
  event(type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void;
  /** Something happened outside of a sync: look what is to be done, and write the status. */
  wake(): void;
  /** Wakes the pod when the object appears, `configmaps/<namespace>/<name>`. */
  waitFor(object: string): void;
}
