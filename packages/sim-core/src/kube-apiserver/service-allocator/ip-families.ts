import { validateClusterIPs } from '../../api/core-v1/service/cluster-ips-validation.ts';
import { type Service, services } from '../../api/core-v1/service.ts';
import { type FieldError, invalid } from '../../apimachinery/field-error.ts';
import { ipFamilyOf } from '../../apimachinery/ip.ts';
import { newInvalid } from '../../apimachinery/status-error.ts';

/**
 * ipFamilyPolicy and ipFamilies on a cluster that has IPv4 only (`initIPFamilyFields`).
 * @throws StatusError Invalid when the Service wants a family or a policy that the cluster does not have
 */
export function initIPFamilyFields(service: Service, old: Service | undefined): void {
  const { spec } = service;
  if (spec.type === 'ExternalName') return;
  const headlessWithoutSelector = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= old?.spec.ipFamilyPolicy ?? (headlessWithoutSelector ? 'RequireDualStack' : 'SingleStack');
  refuse(service, validateClusterIPs(spec));
  refuse(service, [...policyErrors(service), ...addressErrors(service)]);
  if (headlessWithoutSelector) return completeHeadless(service);
  refuse(service, familyErrors(service));
  if ((spec.ipFamilies ?? []).length === 0) spec.ipFamilies = ['IPv4'];
}

/** Without selector anybody may publish the endpoints, so both families are announced even here. */
function completeHeadless({ spec }: Service): void {
  const [first = 'IPv4', second] = spec.ipFamilies ?? [];
  const other = first === 'IPv4' ? 'IPv6' : 'IPv4';
  spec.ipFamilies = spec.ipFamilyPolicy === 'SingleStack' ? [first] : [first, second ?? other];
}

function policyErrors({ spec }: Service): FieldError[] {
  if (spec.ipFamilyPolicy !== 'SingleStack') return [];
  const needsDual = (what: string): FieldError =>
    invalid(
      'spec.ipFamilyPolicy',
      spec.ipFamilyPolicy,
      `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`,
    );
  return [
    ...(spec.clusterIPs?.length === 2 ? [needsDual('cluster IPs')] : []),
    ...(spec.ipFamilies?.length === 2 ? [needsDual('IP families')] : []),
  ];
}

function addressErrors({ spec }: Service): FieldError[] {
  return (spec.clusterIPs ?? []).flatMap((ip, i) => {
    const unknown = ip !== 'None' && spec.ipFamilies?.[i] === undefined && ipFamilyOf(ip) === 'IPv6';
    return unknown ? [invalid(`spec.clusterIPs[${i}]`, spec.clusterIPs, 'IPv6 is not configured on this cluster')] : [];
  });
}

function familyErrors({ spec }: Service): FieldError[] {
  const policy =
    spec.ipFamilyPolicy === 'RequireDualStack'
      ? [invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, 'this cluster is not configured for dual-stack services')]
      : [];
  const families = (spec.ipFamilies ?? []).flatMap((family, i) =>
    family === 'IPv4' ? [] : [invalid(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster')],
  );
  return [...policy, ...families];
}

function refuse(service: Service, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw newInvalid(services, service.metadata.name, errors);
}
