import type { ContainerStatus, Pod } from '../api/core-v1/pod.ts';

/** What a pod worker knows beyond its containers. */
export interface PodView {
  readonly pod: Pod;
  readonly containerStatuses: ContainerStatus[];
  readonly initContainerStatuses: ContainerStatus[];
  readonly ephemeralContainerStatuses: ContainerStatus[];
  /** Its network is there, containers can be started. */
  readonly hasSandbox: boolean;
  /** All init containers have succeeded once. */
  readonly initialized: boolean;
  /** Nothing will be started any more. */
  readonly terminal: boolean;
  /** Set where the pod as a whole failed, whatever its containers say. */
  readonly failure?: { readonly reason: string; readonly message: string };
  readonly podIp: string | undefined;
  readonly hostIp: string;
  readonly startTime: string;
  /** Present moment, as the API prints it. */
  readonly now: string;
}
