import type {
  WireDeployment,
  WireIngress,
  WireLoadBalancer,
  WireNode,
  WireObject,
  WirePod,
  WireService,
} from '@k8s-ingress-sandbox/sim-core/wire';

/** The objects of a cluster, sorted into their kinds and by name, so that the same cluster always looks the same. */
export interface ObjectsByKind {
  readonly nodes: readonly WireNode[];
  readonly pods: readonly WirePod[];
  readonly services: readonly WireService[];
  readonly ingresses: readonly WireIngress[];
  readonly deployments: readonly WireDeployment[];
  readonly loadBalancers: readonly WireLoadBalancer[];
}

export function byKind(objects: Iterable<WireObject>): ObjectsByKind {
  const all = [...objects].sort(byNamespaceAndName);
  const of = <K extends WireObject['kind']>(kind: K) =>
    all.filter((object): object is Extract<WireObject, { kind: K }> => object.kind === kind);
  return {
    nodes: of('Node'),
    pods: of('Pod'),
    services: of('Service'),
    ingresses: of('Ingress'),
    deployments: of('Deployment'),
    loadBalancers: of('LoadBalancer'),
  };
}

function byNamespaceAndName(a: WireObject, b: WireObject): number {
  return compare(namespaceOf(a), namespaceOf(b)) || compare(a.name, b.name) || compare(a.uid, b.uid);
}

function namespaceOf(object: WireObject): string {
  return 'namespace' in object ? object.namespace : '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a Service's selector picks a pod. An empty selector picks nothing: its endpoints are somebody else's work. */
export function selects(service: WireService, pod: WirePod): boolean {
  const entries = Object.entries(service.selector);
  if (entries.length === 0 || service.namespace !== pod.namespace) return false;
  return entries.every(([key, value]) => pod.labels[key] === value);
}
