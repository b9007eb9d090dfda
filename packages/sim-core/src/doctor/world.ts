import type { Client } from '../client/client.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import type { Certificates } from '../ingress-nginx/certificates.ts';
import type { IngressNginx } from '../ingress-nginx/controller.ts';
import type { Network } from '../network/network.ts';
import type { ObjectName, SourcePosition } from '../wire.ts';

/** Finds fields in the user's files. */
export interface Sources {
  /** Where the field stands, or the nearest key above it that does; undefined for objects that came from no file. */
  locate(object: ObjectName, field: string): SourcePosition | undefined;
}

/** An object that the API server refused, with its reasons. */
export interface RefusedObject extends ObjectName {
  /** As it was written; undefined where that is not known any more. */
  readonly manifest?: unknown;
  readonly problems: readonly {
    readonly message: string;
    readonly field: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
    /** What to do next. */
    readonly hint?: string;
  }[];
}

/** What the doctor and `explain` look at: a cluster that lives, and the files behind it. Nothing in it is changed. */
export interface World {
  readonly client: Client;
  readonly cloud: CloudProvider;
  /** Running controller replicas by pod address. */
  readonly replicas: ReadonlyMap<string, IngressNginx>;
  readonly network: Network;
  readonly sources: Sources;
  /** Cluster time in milliseconds. */
  readonly now: number;
  readonly serviceCidr: string;
  /** Objects of the last apply that are not there. */
  readonly refused: readonly RefusedObject[];
  /** Reads certificates; without it their contents are not judged. */
  readonly certificates?: Pick<Certificates, 'parse' | 'belongTogether'>;
  /** Where the edge listens: `http://127.0.0.1:8080`. */
  readonly http: string;
  readonly https: string;
  /** The load balancer in front of the ingress controller. */
  ingressLoadBalancer(): LoadBalancer | undefined;
  isControllerImage(image: string): boolean;
}
