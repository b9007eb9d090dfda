import { type Service, services } from '../api/core-v1/service.ts';
import type { EndpointSliceLister } from '../client/endpoint-slice-lister.ts';
import type { LoadBalancer } from '../cloud/load-balancer.ts';
import type { CloudProvider } from '../cloud/provider.ts';
import type { WireLoadBalancer, WireService } from '../wire.ts';
import { cellOf } from './cell.ts';

/** What the page shows of a Service, with what its EndpointSlices say. */
export function wireService(service: Service, slices: EndpointSliceLister, now: number): WireService {
  const { metadata, spec } = service;
  const { namespace = '', name } = metadata;
  return {
    kind: 'Service',
    uid: metadata.uid ?? '',
    namespace,
    name,
    type: spec.type ?? 'ClusterIP',
    clusterIP: spec.clusterIP ?? '',
    ports: cellOf(services, 'PORT(S)', service, now),
    selector: spec.selector ?? {},
    endpoints: [...slices.forService(namespace, name)].flatMap((slice) =>
      slice.endpoints.map(({ addresses, conditions, targetRef }) => ({
        pod: targetRef?.name ?? '',
        ip: addresses[0] ?? '',
        ready: conditions?.ready !== false,
        terminating: conditions?.terminating === true,
      })),
    ),
  };
}

/** What the cloud and the edge know beside the Service. */
export interface LoadBalancerView {
  cloud: CloudProvider;
  /** URL of a Service port's own loopback port; '' where there is none. */
  urlOf(service: string, port: number): string;
  /** Newest failure of the cloud for that Service; '' without one. */
  failureOf(service: Service): string;
  isIngress(service: string): boolean;
}

/** What the page shows of the load balancer of a Service; undefined where none is wanted or left. */
export function wireLoadBalancer(service: Service, view: LoadBalancerView): WireLoadBalancer | undefined {
  const { metadata, spec, status } = service;
  const key = `${metadata.namespace}/${metadata.name}`;
  const balancer = view.cloud.get(key);
  if (spec.type !== 'LoadBalancer' && balancer === undefined) return undefined;
  const hostname = status?.loadBalancer?.ingress?.[0]?.hostname ?? '';
  const failure = hostname === '' ? view.failureOf(service) : '';
  return {
    kind: 'LoadBalancer',
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    state: stateOf(balancer, hostname, failure),
    reason: reasonOf(service, balancer, hostname, failure),
    ...(hostname === '' && balancer?.doneAt !== undefined ? { readyAt: balancer.doneAt } : {}),
    hostname,
    ports: (spec.ports ?? []).map(({ port, nodePort = 0 }) => ({ port, nodePort, url: view.urlOf(key, port) })),
    targets: targetsOf(view.cloud, balancer),
    ingress: view.isIngress(key),
  };
}

function stateOf(balancer: LoadBalancer | undefined, hostname: string, failure: string): WireLoadBalancer['state'] {
  if (balancer?.state === 'deleting') return 'deleting';
  if (hostname !== '') return 'ready';
  return failure === '' ? 'pending' : 'failed';
}

function reasonOf({ spec }: Service, balancer: LoadBalancer | undefined, hostname: string, failure: string): string {
  if (hostname !== '') return '';
  if (failure !== '') return failure;
  if (spec.loadBalancerClass !== undefined)
    return `loadBalancerClass ${spec.loadBalancerClass}: no controller here claims it`;
  return balancer === undefined ? 'waiting for the cloud controller' : 'the cloud is making it';
}

/** Health of each node, over all listeners: healthy when every listener's port is. */
function targetsOf(cloud: CloudProvider, balancer: LoadBalancer | undefined): WireLoadBalancer['targets'] {
  if (balancer === undefined || balancer.state !== 'active') return [];
  const perPort = balancer.spec.listeners.map(({ port }) => cloud.health(balancer, port));
  return balancer.spec.targets.map(({ node }) => ({
    node,
    healthy:
      perPort.length > 0 &&
      perPort.every((health) => health.find(({ target }) => target.node === node)?.health === 'healthy'),
  }));
}
