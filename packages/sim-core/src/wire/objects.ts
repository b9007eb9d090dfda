import type { SourcePosition } from './names.ts';

export interface WireNode {
  kind: 'Node';
  uid: string;
  name: string;
  ip: string;
  ready: boolean;
  cordoned: boolean;
}

export interface WirePod {
  kind: 'Pod';
  uid: string;
  namespace: string;
  name: string;
  node: string;
  ip: string;
  /** The STATUS cell of `kubectl get pods`. */
  status: string;
  /** The READY cell, `1/1`. */
  ready: string;
  isReady: boolean;
  terminating: boolean;
  restarts: number;
  images: string[];
  labels: Record<string, string>;
  /** Name of the Deployment, Job … above it, by way of a ReplicaSet; the pod's own name without one. */
  app: string;
  /** Set for a pod that runs the ingress controller. */
  controller?: { ready: boolean; reason: string; leader: boolean; configurationRevision: number };
}

export interface WireService {
  kind: 'Service';
  uid: string;
  namespace: string;
  name: string;
  type: string;
  clusterIP: string;
  /** The PORT(S) cell, `80:31432/TCP`. */
  ports: string;
  selector: Record<string, string>;
  endpoints: { pod: string; ip: string; ready: boolean; terminating: boolean }[];
}

export interface WireIngressRule {
  host: string;
  path: string;
  pathType: string;
  service: string;
  port: string;
  source?: SourcePosition;
}

export interface WireIngress {
  kind: 'Ingress';
  uid: string;
  namespace: string;
  name: string;
  className: string;
  /** Whether a running controller serves it; if not, why. */
  served: boolean;
  reason: string;
  address: string;
  rules: WireIngressRule[];
  tlsHosts: string[];
  /** Present on a canary Ingress. `weightSource` is where the annotation stands, for the weight control. */
  canary?: {
    weight: number;
    weightTotal: number;
    header: string;
    headerValue: string;
    headerPattern: string;
    cookie: string;
    weightSource?: SourcePosition;
  };
  source?: SourcePosition;
}

export interface WireDeployment {
  kind: 'Deployment';
  uid: string;
  namespace: string;
  name: string;
  desired: number;
  ready: number;
  updated: number;
  available: number;
  images: string[];
}

/** A cloud load balancer, one per Service of type LoadBalancer. */
export interface WireLoadBalancer {
  kind: 'LoadBalancer';
  /** uid of the Service. */
  uid: string;
  namespace: string;
  name: string;
  state: 'pending' | 'ready' | 'failed' | 'deleting';
  /** Why it is pending or failed; '' when ready. */
  reason: string;
  /** Cluster time at which the address is expected, while pending. */
  readyAt?: number;
  hostname: string;
  ports: { port: number; nodePort: number; url: string }[];
  targets: { node: string; healthy: boolean }[];
  /** Whether requests for unknown hosts go here: it stands before the ingress controller. */
  ingress: boolean;
}

export type WireObject = WireNode | WirePod | WireService | WireIngress | WireDeployment | WireLoadBalancer;
