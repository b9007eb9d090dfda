import { services } from '../api/core-v1/service.ts';
import { type EndpointSlice, endpointSlices, SERVICE_NAME_LABEL } from '../api/discovery-v1/endpoint-slice.ts';
import type { NamespacedName } from '../apimachinery/object-meta.ts';
import { type Controller, watching } from '../controller-runtime/controller.ts';
import type { ServiceRouting } from './service-routing.ts';

/**
 * Keeps the routing of every Service in step with it and its EndpointSlices (pkg/proxy/iptables/proxier.go, syncProxyRules).
 * Only what was touched is rebuilt, and in the same settle in which it changed: no connection ever meets a table that is older than
 * the endpoints.
 */
export function kubeProxyController(routing: ServiceRouting): Controller {
  return {
    name: 'kube-proxy',
    component: 'kube-proxy',
    for: services,
    watches: [watching(endpointSlices, serviceOf)],
    reconcile: ({ namespace, name }) => routing.sync(namespace, name),
  };
}

function serviceOf({ metadata }: EndpointSlice): NamespacedName[] {
  const name = metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? [] : [{ namespace: metadata.namespace ?? '', name }];
}
