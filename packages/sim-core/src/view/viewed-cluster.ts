import type { Client } from '../client/client.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import type { DecisionRecords } from '../ingress-nginx/nginx/decision-record.ts';
import type { SplitCounters } from '../ingress-nginx/nginx/split-counters.ts';
import type { Clock } from '../sim/clock.ts';
import type { Load } from '../traffic/load-generator.ts';
import type { DoctorFinding, ObjectName, SourceFile, SourcePosition, WireStatus } from '../wire.ts';
import type { ViewedReplica } from './ingress-objects.ts';

/** What the view looks at; a `Cluster` is one. */
export interface ViewedCluster {
  readonly client: Client;
  readonly clock: Clock;
  /** The clock's controls; absent in virtual time. */
  readonly realTime: { readonly speed: number; readonly paused: boolean } | undefined;
  readonly settings: {
    readonly name: string;
    readonly seed: string;
    readonly cloud: { readonly provider: 'aws-nlb'; readonly delay: number };
  };
  readonly records: DecisionRecords;
  readonly splits: SplitCounters;
  readonly loads: { running(): readonly Load[] };
  readonly cloud: CloudProvider;
  readonly edge: { ingressLoadBalancer(): LoadBalancer | undefined };
  /** Running controller replicas by pod address. */
  readonly ingress: { readonly replicas: ReadonlyMap<string, ViewedReplica> };
  /** Where a field of an object stands in the user's files; `files` is another list after each change of them. */
  readonly manifests: {
    readonly files: unknown;
    locate(object: ObjectName, field: string): SourcePosition | undefined;
  };
  waitingFor(): WireStatus['waitingFor'];
}

/** What the cluster does not know of itself. */
export interface ClusterViewOptions {
  /** Random for every start: another one means that everything counted so far is void. */
  readonly epoch: string;
  /** What the simulated controller behaves as, `ingress-nginx v1.15.1`. */
  readonly engine: string;
  /** Whether an image is the ingress controller's. */
  isControllerImage(image: string): boolean;
  /** URL of a load balancer's own port; '' where there is none. `service` is `namespace/name`. */
  urlOf?(service: string, port: number): string;
  /** Where the edge listens. */
  addresses?(): Pick<WireStatus, 'http' | 'https'>;
  findings?(): DoctorFinding[];
  files?(): SourceFile[];
  readonly deviations?: readonly string[];
}
