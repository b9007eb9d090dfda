import type { Service, ServicePort } from '../../api/core-v1/service.ts';
import { services } from '../../api/core-v1/service.ts';
import type { EndpointSlice } from '../../api/discovery-v1/endpoint-slice.ts';
import { parseIPv4 } from '../../apimachinery/ip.ts';
import type { Client } from '../../client/client.ts';
import type { EndpointSliceLister } from '../../client/endpoint-slice-lister.ts';
import type { Endpoint } from '../nginx/configuration.ts';

/** Looks endpoints up for the model. */
export interface EndpointLookup {
  readonly client: Client;
  readonly slices: EndpointSliceLister;
  /** Address of a name as the controller's pod resolves it, for ExternalName Services; undefined: they have none. */
  readonly resolve: ((host: string) => string | undefined) | undefined;
}

/**
 * Ready endpoints behind a Service's port, named by number, target port or name; none where Service or port is missing
 * (internal/ingress/controller/controller.go, serviceEndpoints).
 */
export function serviceEndpoints(lookup: EndpointLookup, namespace: string, name: string, port: string): Endpoint[] {
  const service = lookup.client.get(services, namespace, name);
  if (service === undefined) return [];
  if (service.spec.type === 'ExternalName') return externalEndpoints(lookup, service, port);
  const servicePort = service.spec.ports?.find((each) => isPort(each, port));
  return servicePort === undefined ? [] : sliceEndpoints(lookup.slices.forService(namespace, name), servicePort);
}

/** The address of the Service itself; a port by name is looked up (controller.go, getServiceClusterEndpoint). */
export function clusterEndpoint(client: Client, namespace: string, name: string, port: string): Endpoint | undefined {
  const spec = client.get(services, namespace, name)?.spec;
  if (spec?.clusterIP === undefined || spec.clusterIP === '' || spec.clusterIP === 'None') return undefined;
  const number = /^\d+$/.test(port) ? Number(port) : spec.ports?.find((each) => each.name === port)?.port;
  return number === undefined ? undefined : { address: spec.clusterIP, port: number };
}

function isPort({ port, targetPort, name }: ServicePort, wanted: string): boolean {
  return String(port) === wanted || String(targetPort ?? port) === wanted || (name !== undefined && name === wanted);
}

/** An ExternalName Service is reached by its name; this machine itself is refused (controller/endpointslices.go). */
function externalEndpoints(lookup: EndpointLookup, { spec }: Service, port: string): Endpoint[] {
  const host = (spec.externalName ?? '').replace(/\.$/, '').toLowerCase();
  if (lookup.resolve === undefined || host === '' || host === 'localhost' || host.startsWith('127.')) return [];
  const declared = spec.ports?.find((each) => isPort(each, port));
  const number = Number(declared?.targetPort ?? declared?.port ?? port);
  const address = parseIPv4(host) === undefined ? lookup.resolve(host) : host;
  return address === undefined || !Number.isInteger(number) ? [] : [{ address, port: number }];
}

/** Ready addresses in the order of the slices, each once (controller/endpointslices.go, getEndpointsFromSlices). */
function sliceEndpoints(slices: Iterable<EndpointSlice>, servicePort: ServicePort): Endpoint[] {
  const found = new Map<string, Endpoint>();
  for (const slice of slices) {
    const port = slice.ports.find(
      ({ name, protocol = 'TCP' }) => protocol === 'TCP' && (!servicePort.name || servicePort.name === name),
    )?.port;
    if (port === undefined) continue;
    for (const { addresses, conditions, targetRef, nodeName } of slice.endpoints) {
      if (conditions?.ready !== true) continue;
      const pod = targetRef?.kind === 'Pod' ? { pod: `${targetRef.namespace}/${targetRef.name}` } : {};
      for (const address of addresses) {
        const key = `${address}:${port}`;
        if (!found.has(key))
          found.set(key, { address, port, ...pod, ...(nodeName === undefined ? {} : { node: nodeName }) });
      }
    }
  }
  return [...found.values()];
}
