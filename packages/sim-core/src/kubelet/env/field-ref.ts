import type { Node } from '../../api/core-v1/node.ts';
import type { Container, Pod } from '../../api/core-v1/pod.ts';
import { parseQuantity } from '../../apimachinery/quantity.ts';

/** What the downward API can tell beyond the pod itself. */
export interface PodPlace {
  readonly podIp: string;
  readonly hostIp: string;
  readonly node: Node;
}

/** Value of a `fieldRef`; undefined where there is no such field (pkg/kubelet/kubelet_pods.go podFieldSelectorRuntimeValue). */
export function fieldValue(pod: Pod, fieldPath: string, { podIp, hostIp }: PodPlace): string | undefined {
  const { metadata, spec } = pod;
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']*)'\]$/.exec(fieldPath) ?? [];
  if (map !== undefined) return metadata[map as 'labels' | 'annotations']?.[key as string] ?? '';
  switch (fieldPath) {
    case 'metadata.name':
      return metadata.name;
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'spec.nodeName':
      return spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return spec.serviceAccountName ?? '';
    case 'status.podIP':
    case 'status.podIPs':
      return podIp;
    case 'status.hostIP':
    case 'status.hostIPs':
      return hostIp;
    default:
      return undefined;
  }
}

const NANOS = 1_000_000_000n;

/**
 * Value of a `resourceFieldRef`, `limits.cpu` or `requests.memory`, in units of `divisor`, rounded up. Without a limit it is what the
 * node can allocate (pkg/api/v1/resource/helpers.go ExtractContainerResourceValue).
 */
export function resourceValue(
  container: Container,
  resource: string,
  divisor: string | number | undefined,
  { node }: PodPlace,
): string | undefined {
  const [kind = '', name = ''] = resource.split(/\.(.*)/s);
  if (kind !== 'limits' && kind !== 'requests') return undefined;
  const asked =
    container.resources?.[kind]?.[name] ?? (kind === 'limits' ? node.status?.allocatable?.[name] : undefined);
  const unit = divisor === undefined || divisor === '0' || divisor === 0 ? NANOS : parseQuantity(divisor).nanos;
  const { nanos } = parseQuantity(asked ?? '0');
  return String((nanos + unit - 1n) / unit);
}
