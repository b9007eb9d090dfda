import type { PrinterColumn } from '../../../apimachinery/kind.ts';
import { AGE, column, formatLabels, NAME, wideColumn } from '../../columns.ts';
import type { LoadBalancerIngress, Service } from '../service.ts';

/** pkg/printers/internalversion/printers.go serviceColumnDefinitions */
export const SERVICE_COLUMNS: readonly PrinterColumn<Service>[] = Object.freeze([
  NAME,
  column<Service>('Type', ({ spec }) => spec.type ?? ''),
  column<Service>('Cluster-IP', ({ spec }) => spec.clusterIPs?.[0] ?? '<none>'),
  column<Service>('External-IP', externalIP),
  column<Service>('Port(s)', ports),
  AGE,
  wideColumn<Service>('Selector', ({ spec }) => formatLabels(spec.selector)),
]);

/** `getServiceExternalIP`; the server prints addresses in full, whatever their length. */
function externalIP({ spec, status }: Service): string {
  const { type, externalIPs = [], externalName = '' } = spec;
  if (type === 'ExternalName') return externalName;
  if (type !== 'LoadBalancer') return externalIPs.join(',') || '<none>';
  const balanced = loadBalancerAddresses(status?.loadBalancer?.ingress);
  return [...(balanced ? [balanced] : []), ...externalIPs].join(',') || '<pending>';
}

/** The addresses of a load balancer, sorted (`loadBalancerStatusStringer`). */
export function loadBalancerAddresses(ingress: readonly LoadBalancerIngress[] = []): string {
  const addresses = new Set(
    ingress.map(({ ip, hostname }) => ip || hostname || '').filter((address) => address !== ''),
  );
  return [...addresses].sort().join(',');
}

/** `makePortString` */
function ports({ spec }: Service): string {
  const texts = (spec.ports ?? []).map(
    ({ port, nodePort, protocol = 'TCP' }) => `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`,
  );
  return texts.join(',') || '<none>';
}
