import { type Pod, pods } from '../../api/core-v1/pod.ts';
import { services } from '../../api/core-v1/service.ts';
import {
  type Endpoint,
  type EndpointSlice,
  endpointSlices,
  SERVICE_NAME_LABEL,
} from '../../api/discovery-v1/endpoint-slice.ts';
import { isConditionTrue } from '../../apimachinery/condition.ts';
import { matchesLabels } from '../../apimachinery/label-selector.ts';
import { type Controller, watching } from '../../controller-runtime/controller.ts';

/** One slice a Service, rebuilt from all pods: enough for tests with a handful of pods. */
export const sliceController: Controller = {
  name: 'test-slices',
  component: 'test-slices',
  for: services,
  watches: [
    watching(pods, (_pod, { client }) =>
      client.list(services).map(({ metadata }) => ({ namespace: metadata.namespace ?? '', name: metadata.name })),
    ),
  ],
  reconcile({ namespace, name }, { client }) {
    const service = client.get(services, namespace, name);
    if (service?.spec.selector === undefined) return;
    const selector = service.spec.selector;
    const chosen = client
      .list(pods, namespace)
      .filter((pod) => pod.status?.podIP !== undefined && matchesLabels(selector, pod.metadata.labels));
    const slice: EndpointSlice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace, labels: { [SERVICE_NAME_LABEL]: name } },
      addressType: 'IPv4',
      endpoints: chosen.map(endpointOf),
      ports: (service.spec.ports ?? []).map((port) => ({
        name: port.name ?? '',
        protocol: 'TCP',
        port: Number(port.targetPort ?? port.port),
      })),
    };
    const old = client.get(endpointSlices, namespace, slice.metadata.name);
    if (old === undefined) client.create(endpointSlices, slice);
    else client.update(endpointSlices, { ...old, endpoints: slice.endpoints, ports: slice.ports });
  },
};

function endpointOf({ metadata, spec, status }: Pod): Endpoint {
  const serving = isConditionTrue(status?.conditions, 'Ready');
  const terminating = metadata.deletionTimestamp !== undefined;
  return {
    addresses: [status?.podIP ?? ''],
    conditions: { ready: serving && !terminating, serving, terminating },
    nodeName: spec.nodeName,
    targetRef: { kind: 'Pod', name: metadata.name, namespace: metadata.namespace },
    ...(spec.subdomain !== undefined && spec.hostname !== undefined && { hostname: spec.hostname }),
  };
}
