import { type Endpoints, endpoints } from '../api/core-v1/endpoints.ts';
import { namespaces } from '../api/core-v1/namespace.ts';
import { type Service, services } from '../api/core-v1/service.ts';
import { serviceAccounts } from '../api/core-v1/service-account.ts';
import { type EndpointSlice, endpointSlices } from '../api/discovery-v1/endpoint-slice.ts';
import { priorityClasses, SYSTEM_PRIORITY_CLASSES } from '../api/scheduling-v1/priority-class.ts';
import { formatIPv4, parseIPv4Network } from '../apimachinery/ip.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Registry } from './registry.ts';

const SYSTEM_NAMESPACES: readonly string[] = Object.freeze([
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);
const USER = 'system:apiserver';
const HTTPS_PORT = 443;
const SECURE_PORT = 6443;

/** Where the API server is, for the `kubernetes` Service. */
export interface BootstrapOptions {
  /** The network of cluster IPs; its first address is the `kubernetes` Service's. */
  serviceCidr: string;
  /** Address of the API server behind that Service. */
  apiServerIP: string;
}

/**
 * What an API server puts into an empty store: its namespaces, each with its default ServiceAccount, the system's
 * priority classes and the `kubernetes` Service (pkg/controlplane/controller/{systemnamespaces,kubernetesservice},
 * pkg/registry/scheduling/rest/storage_scheduling.go).
 */
export function bootstrap(registry: Registry, { serviceCidr, apiServerIP }: BootstrapOptions): void {
  const create = <T extends KubeObject>(kind: Kind<T>, object: T): T => registry.create(kind, object, { user: USER });
  for (const name of SYSTEM_NAMESPACES) {
    create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    create(serviceAccounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
    });
  }
  for (const { name, value, description } of SYSTEM_PRIORITY_CLASSES) {
    create(priorityClasses, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      description,
    });
  }
  create(services, kubernetesService(serviceCidr));
  create(endpoints, kubernetesLegacyEndpoints(apiServerIP));
  create(endpointSlices, kubernetesEndpoints(apiServerIP));
}

function kubernetesService(serviceCidr: string): Service {
  const network = parseIPv4Network(serviceCidr);
  const clusterIP = network && formatIPv4(network.first + 1);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      clusterIP,
      sessionAffinity: 'None',
      ports: [{ name: 'https', port: HTTPS_PORT, protocol: 'TCP', targetPort: SECURE_PORT }],
    },
  };
}

/** The same for those who still read Endpoints; the label keeps it from being mirrored. */
function kubernetesLegacyEndpoints(apiServerIP: string): Endpoints {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [{ addresses: [{ ip: apiServerIP }], ports: [{ name: 'https', port: SECURE_PORT, protocol: 'TCP' }] }],
  };
}

function kubernetesEndpoints(apiServerIP: string): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [apiServerIP], conditions: { ready: true } }],
    ports: [{ name: 'https', port: SECURE_PORT, protocol: 'TCP' }],
  };
}
