import type { Node } from '../api/core-v1/node.ts';
import type { Service, ServicePort } from '../api/core-v1/service.ts';
import { objectKey } from '../apimachinery/object-meta.ts';
import type { HealthCheck } from '../cloud/health-check.ts';
import type { Listener, LoadBalancerSpec, Target } from '../cloud/load-balancer.ts';
import { type AwsSettings, awsSettings } from './aws-annotations.ts';

const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';
const TO_BE_DELETED_TAINT = 'ToBeDeletedByClusterAutoscaler';

/** What the cloud is asked for on behalf of a Service (cloud-provider-aws pkg/providers/v1/aws.go EnsureLoadBalancer, type nlb). */
export function loadBalancerSpec(service: Service, nodes: readonly Node[]): LoadBalancerSpec {
  const settings = awsSettings(service);
  const ranges = service.spec.loadBalancerSourceRanges ?? [];
  return {
    service: objectKey(service),
    scheme: settings.scheme,
    listeners: (service.spec.ports ?? []).flatMap((port) => listenerOf(port, settings)),
    targets: targetsOf(nodes),
    healthCheck: healthCheckOf(service),
    sourceRanges: ranges.length > 0 ? [...ranges] : settings.sourceRanges,
    proxyProtocol: settings.proxyProtocol,
  };
}

/** Nodes that take part: not on their way out, not excluded (controllers/service/controller.go stableNodeSetPredicates). */
export function targetsOf(nodes: readonly Node[]): Target[] {
  return nodes.filter(takesPart).map((node) => ({ node: node.metadata.name, address: addressOf(node) }));
}

/** A port without node port cannot be reached through a node and gets no listener. */
function listenerOf(port: ServicePort, settings: AwsSettings): Listener[] {
  if (port.nodePort === undefined || port.protocol === 'SCTP') return [];
  const tls = settings.endsTls(port);
  return [
    { protocol: port.protocol === 'UDP' ? 'UDP' : tls ? 'TLS' : 'TCP', port: port.port, nodePort: port.nodePort },
  ];
}

/** Local: only nodes with an endpoint of their own answer kube-proxy's health check; Cluster: any node forwards. */
function healthCheckOf({ spec }: Service): HealthCheck {
  if (spec.externalTrafficPolicy !== 'Local' || !spec.healthCheckNodePort) return { protocol: 'TCP' };
  return { protocol: 'HTTP', port: spec.healthCheckNodePort, path: '/healthz' };
}

function takesPart(node: Node): boolean {
  if (node.metadata.deletionTimestamp !== undefined || node.metadata.labels?.[EXCLUDE_LABEL] !== undefined)
    return false;
  return !(node.spec?.taints ?? []).some((taint) => taint.key === TO_BE_DELETED_TAINT);
}

function addressOf(node: Node): string {
  return node.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? node.metadata.name;
}
