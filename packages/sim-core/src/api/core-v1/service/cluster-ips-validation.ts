import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../apimachinery/field-error.ts';
import { GoLiteral, goQuote, goStrings } from '../../../apimachinery/go-syntax.ts';
import { ipFamilyOf } from '../../../apimachinery/ip.ts';
import { checkIP } from '../../checks.ts';
import type { Service, ServiceSpec } from '../service.ts';
import { needsHealthCheckNodePort } from './strategy.ts';

const FAMILIES: readonly string[] = Object.freeze(['IPv4', 'IPv6']);
const FAMILY_POLICIES: readonly string[] = Object.freeze(['PreferDualStack', 'RequireDualStack', 'SingleStack']);
const FIELD = 'spec.clusterIPs';

/** A Service without a virtual address: its name resolves to the pods themselves. */
export function isHeadless({ clusterIPs }: ServiceSpec): boolean {
  return clusterIPs?.length === 1 && clusterIPs[0] === 'None';
}

/** `ValidateServiceClusterIPsRelatedFields`; the allocator asks it too, before it hands out anything. */
export function validateClusterIPs(spec: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const { clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const wrong = clusterIPs.flatMap((ip, i) => validateClusterIP(ip, i, clusterIPs));
  const errors = [
    ...validateFirst(spec),
    ...ipFamilies.flatMap((family, i) => validateFamily(family, ipFamilies.slice(0, i), `spec.ipFamilies[${i}]`)),
    ...(ipFamilyPolicy === undefined || FAMILY_POLICIES.includes(ipFamilyPolicy)
      ? []
      : [notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, FAMILY_POLICIES)]),
    ...wrong,
    ...(clusterIPs.length > 2 ? [invalid(FIELD, goStrings(clusterIPs), 'may only hold up to 2 values')] : []),
  ];
  return wrong.length > 0 ? errors : [...errors, ...validateFamiliesOfIPs(spec)];
}

/** clusterIP and the first of clusterIPs are one thing with two names. */
function validateFirst({ clusterIP, clusterIPs = [] }: ServiceSpec): FieldError[] {
  if (!clusterIP) {
    if (clusterIPs.length === 0) return [];
    return [invalid(FIELD, goStrings(clusterIPs), 'must be empty when `clusterIP` is not specified')];
  }
  if (clusterIPs.length === 0) return [required(FIELD)];
  return clusterIPs[0] === clusterIP
    ? []
    : [invalid(FIELD, goStrings(clusterIPs), 'first value must match `clusterIP`')];
}

function validateFamily(family: string, earlier: readonly string[], path: string): FieldError[] {
  const known = FAMILIES.includes(family) ? [] : [notSupported(path, family, FAMILIES)];
  return earlier.includes(family) ? [...known, duplicate(path, family)] : known;
}

function validateClusterIP(ip: string, index: number, all: readonly string[]): FieldError[] {
  if (index > 0 || ip !== 'None') return checkIP(`${FIELD}[${index}]`, ip);
  return all.length === 1 ? [] : [invalid(FIELD, goStrings(all), "'None' must be the first and only value")];
}

function validateFamiliesOfIPs(spec: ServiceSpec): FieldError[] {
  const { clusterIPs = [], ipFamilies = [] } = spec;
  const families = clusterIPs.map(ipFamilyOf);
  const sameTwice = families.length > 1 && new Set(families).size === 1;
  const mismatches = isHeadless(spec) ? [] : clusterIPs;
  return [
    ...(sameTwice ? [invalid(FIELD, goStrings(clusterIPs), 'may specify no more than one IP for each IP family')] : []),
    ...mismatches.flatMap((ip, i) => {
      const wanted = ipFamilies[i];
      if (wanted === undefined || families[i] === wanted) return [];
      return [invalid(`${FIELD}[${i}]`, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${i}]\``)];
    }),
  ];
}

/** `ValidateServiceUpdate`: what stays as it is while the Service has an address. */
export function validateServiceUpdate({ spec }: Service, { spec: old }: Service): FieldError[] {
  return [
    ...validateClusterIPsUpdate(spec, old),
    ...validateFamiliesUpdate(spec, old),
    ...validateLoadBalancerClassUpdate(spec, old),
    ...(needsHealthCheckNodePort(spec) &&
    needsHealthCheckNodePort(old) &&
    spec.healthCheckNodePort !== old.healthCheckNodePort
      ? [forbidden('spec.healthCheckNodePort', 'field is immutable')]
      : []),
  ];
}

function validateClusterIPsUpdate(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  if (spec.type === 'ExternalName' || old.type === 'ExternalName' || (isHeadless(spec) && isHeadless(old))) return [];
  const { clusterIPs = [] } = spec;
  const before = old.clusterIPs ?? [];
  if (before.length > 0 && clusterIPs.length === 0) {
    return [invalid(`${FIELD}[0]`, goStrings(clusterIPs), 'primary clusterIP can not be unset')];
  }
  const kept = before.slice(0, clusterIPs.length);
  return kept.flatMap((ip, i) =>
    ip === clusterIPs[i] ? [] : [invalid(`${FIELD}[${i}]`, goStrings(clusterIPs), 'may not change once set')],
  );
}

/** `validateUpgradeDowngradeIPFamilies`; upstream names the first family, whichever changed. */
function validateFamiliesUpdate(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  const external = spec.type === 'ExternalName' || old.type === 'ExternalName';
  if (external || isHeadless(spec) || isHeadless(old)) return [];
  const { ipFamilies = [] } = spec;
  const kept = (old.ipFamilies ?? []).slice(0, ipFamilies.length);
  const changed = kept.filter((family, i) => family !== ipFamilies[i]);
  return changed.map(() => invalid('spec.ipFamilies[0]', goFamilies(ipFamilies), 'may not change once set'));
}

function goFamilies(families: readonly string[]): GoLiteral {
  return new GoLiteral(`[]core.IPFamily{${families.map(goQuote).join(', ')}}`);
}

function validateLoadBalancerClassUpdate(spec: ServiceSpec, old: ServiceSpec): FieldError[] {
  const both = spec.type === 'LoadBalancer' && old.type === 'LoadBalancer';
  if (!both || spec.loadBalancerClass === old.loadBalancerClass) return [];
  return [invalid('spec.loadBalancerClass', spec.loadBalancerClass, 'may not change once set')];
}
