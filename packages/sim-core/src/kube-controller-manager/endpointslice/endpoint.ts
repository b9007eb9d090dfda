import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service } from '../../api/core-v1/service.ts';
import type { Endpoint } from '../../api/discovery-v1/endpoint-slice.ts';
import { isPodReady } from '../pod-util.ts';
import { hostnameIn, referenceTo } from '../service-endpoints.ts';

/** A pod as an endpoint of the Service (k8s.io/endpointslice/utils.go, podToEndpoint). */
export function podToEndpoint(pod: Pod, service: Service, zone: string | undefined): Endpoint {
  const { metadata, spec, status } = pod;
  const serving = isPodReady(pod);
  const terminating = metadata.deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  return {
    addresses: [status?.podIP ?? ''],
    conditions: { ready, serving, terminating },
    ...hostnameIn(pod, service),
    ...(spec.nodeName && { nodeName: spec.nodeName }),
    ...(zone !== undefined && { zone }),
    targetRef: referenceTo(pod),
  };
}

/** What tells the endpoints of a Service apart: their pods. Everything else of one may change in place. */
export function identityOf({ targetRef }: Endpoint): string {
  return targetRef?.name ?? '';
}
