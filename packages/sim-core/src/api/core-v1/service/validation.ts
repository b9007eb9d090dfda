import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../apimachinery/field-error.ts';
import { GoLiteral, goQuote } from '../../../apimachinery/go-syntax.ts';
import { validateLabels } from '../../../apimachinery/label-selector.ts';
import { isValidPortNum } from '../../../apimachinery/validation/values.ts';
import {
  check,
  checkCIDR,
  checkEnum,
  checkIP,
  checkLabel,
  checkNonSpecialIP,
  checkPort,
  checkQualifiedName,
  checkSubdomain,
  PORT_PROTOCOLS,
} from '../../checks.ts';
import type { Service, ServicePort, ServiceSpec } from '../service.ts';
import { isHeadless, validateClusterIPs } from './cluster-ips-validation.ts';
import { isExternal, isExternallyAccessible } from './defaults.ts';
import { needsHealthCheckNodePort } from './strategy.ts';

const TYPES: readonly string[] = Object.freeze(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
const AFFINITIES: readonly string[] = Object.freeze(['ClientIP', 'None']);
const POLICIES: readonly string[] = Object.freeze(['Cluster', 'Local']);
const MAX_AFFINITY_SECONDS = 86400;
/** Topology aware routing by its old and its new name. */
export const TOPOLOGY_HINTS = 'service.kubernetes.io/topology-aware-hints';
export const TOPOLOGY_MODE = 'service.kubernetes.io/topology-mode';
const SOURCE_RANGES = 'service.beta.kubernetes.io/load-balancer-source-ranges';
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

type Annotations = Readonly<Record<string, string>>;

/** pkg/apis/core/validation/validation.go ValidateService */
export function validateService({ metadata, spec }: Service): FieldError[] {
  const { ports = [], externalIPs = [], type } = spec;
  const headless = isHeadless(spec);
  const missing = ports.length === 0 && !headless && type !== 'ExternalName';
  const annotations = metadata.annotations ?? {};
  return [
    ...validateTopologyAnnotations(annotations),
    ...(missing ? [required('spec.ports')] : []),
    ...validateType(spec),
    ...validatePorts(ports, 'spec.ports'),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec),
    ...externalIPs.flatMap((ip, i) => validateExternalIP(ip, `spec.externalIPs[${i}]`)),
    ...checkEnum('spec.type', type, TYPES),
    ...validateNodePorts(spec, 'spec.ports'),
    ...validateSourceRanges(spec, annotations),
    ...validateLoadBalancer(spec),
    ...validateTrafficPolicies(spec),
  ];
}

/** Two names of one annotation must not say different things. */
function validateTopologyAnnotations({ [TOPOLOGY_HINTS]: hints, [TOPOLOGY_MODE]: mode }: Annotations): FieldError[] {
  if (hints === undefined || mode === undefined || hints === mode) return [];
  const message = `must match annotations[${TOPOLOGY_HINTS}] when both are specified`;
  return [invalid(`metadata.annotations[${TOPOLOGY_MODE}]`, mode, message)];
}

/** What each type demands of the other fields. */
function validateType(spec: ServiceSpec): FieldError[] {
  const { type, clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = '' } = spec;
  const none = isHeadless(spec) && isExternal(spec);
  const errors = none ? [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)] : [];
  if (type !== 'ExternalName') return errors;
  const unwanted = (field: string, given: boolean): FieldError[] =>
    given ? [forbidden(`spec.${field}`, 'may not be set for ExternalName services')] : [];
  const name = externalName.replace(/\.$/, '');
  return [
    ...unwanted('clusterIPs', clusterIPs.length > 0),
    ...unwanted('ipFamilies', ipFamilies.length > 0),
    ...unwanted('ipFamilyPolicy', ipFamilyPolicy !== undefined),
    ...(name ? checkSubdomain('spec.externalName', name) : [required('spec.externalName')]),
  ];
}

function validatePorts(ports: readonly ServicePort[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const own = `${path}[${i}]`;
    const { name, protocol, appProtocol } = port;
    const errors = name ? checkLabel(`${own}.name`, name) : ports.length > 1 ? [required(`${own}.name`)] : [];
    if (name && names.has(name)) errors.push(duplicate(`${own}.name`, name));
    names.add(name ?? '');
    return [
      ...errors,
      ...check(`${own}.port`, port.port ?? 0, isValidPortNum(port.port ?? 0)),
      ...checkEnum(`${own}.protocol`, protocol, PORT_PROTOCOLS),
      ...checkPort(`${own}.targetPort`, port.targetPort),
      ...(appProtocol === undefined ? [] : checkQualifiedName(`${own}.appProtocol`, appProtocol)),
    ];
  });
}

function validateAffinity({ sessionAffinity, sessionAffinityConfig }: ServiceSpec): FieldError[] {
  const errors = checkEnum('spec.sessionAffinity', sessionAffinity, AFFINITIES);
  const seconds = sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (sessionAffinity !== 'ClientIP' || seconds === undefined) return errors;
  if (seconds > 0 && seconds <= MAX_AFFINITY_SECONDS) return errors;
  // Upstream says "less than", although the number itself passes.
  const message = `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`;
  return [...errors, invalid('spec.sessionAffinityConfig.clientIP.timeoutSeconds', seconds, message)];
}

function validateExternalIP(ip: string, path: string): FieldError[] {
  const errors = checkIP(path, ip);
  return errors.length > 0 ? errors : checkNonSpecialIP(path, ip);
}

function validateNodePorts({ type, ports = [] }: ServiceSpec, path: string): FieldError[] {
  const forbiddenHere = type === 'ClusterIP' ? ports : [];
  return [
    ...forbiddenHere.flatMap(({ nodePort }, i) =>
      nodePort ? [forbidden(`${path}[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'")] : [],
    ),
    ...repeated(ports, ({ protocol, nodePort }) => (nodePort ? `${protocol}/${nodePort}` : undefined)).map((i) =>
      duplicate(`${path}[${i}].nodePort`, ports[i]?.nodePort),
    ),
    ...repeated(ports, ({ protocol, port }) => `${protocol}/${port}`).map((i) =>
      duplicate(`${path}[${i}]`, goServicePort(ports[i] as ServicePort)),
    ),
  ];
}

/** Indices of the items whose key an earlier item has. */
function repeated<T>(items: readonly T[], keyOf: (item: T) => string | undefined): number[] {
  const seen = new Set<string>();
  return items.flatMap((item, i) => {
    const key = keyOf(item);
    if (key === undefined) return [];
    if (seen.has(key)) return [i];
    seen.add(key);
    return [];
  });
}

/** Protocol and port as Go's `%#v` prints them in a Duplicate value. */
function goServicePort({ protocol = 'TCP', port }: ServicePort): GoLiteral {
  return new GoLiteral(
    `core.ServicePort{Name:"", Protocol:${goQuote(protocol)}, AppProtocol:(*string)(nil), Port:${port}, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}`,
  );
}

/** Who may use a load balancer: the field, or the annotation where there is no field. */
function validateSourceRanges(
  { type, loadBalancerSourceRanges: ranges = [] }: ServiceSpec,
  { [SOURCE_RANGES]: annotation }: Annotations,
): FieldError[] {
  const only = (path: string): FieldError[] => (type === 'LoadBalancer' ? [] : [forbidden(path, ONLY_LOAD_BALANCER)]);
  if (ranges.length > 0) {
    // Upstream names this one field with a capital letter.
    const field = 'spec.LoadBalancerSourceRanges';
    return [...only(field), ...ranges.flatMap((range, i) => checkCIDR(`${field}[${i}]`, range.trim()))];
  }
  if (annotation === undefined) return [];
  const field = `metadata.annotations[${SOURCE_RANGES}]`;
  const given = annotation.trim() === '' ? [] : annotation.split(',');
  return [...only(field), ...given.flatMap((range) => checkCIDR(field, range.trim()))];
}

function validateLoadBalancer(spec: ServiceSpec): FieldError[] {
  const { type, allocateLoadBalancerNodePorts: allocate, loadBalancerClass } = spec;
  const balanced = type === 'LoadBalancer';
  return [
    ...(allocate !== undefined && !balanced
      ? [forbidden('spec.allocateLoadBalancerNodePorts', ONLY_LOAD_BALANCER)]
      : []),
    ...validateLoadBalancerClass(loadBalancerClass, balanced),
  ];
}

function validateLoadBalancerClass(name: string | undefined, balanced: boolean): FieldError[] {
  if (name === undefined) return [];
  const field = 'spec.loadBalancerClass';
  return balanced ? checkQualifiedName(field, name) : [forbidden(field, ONLY_LOAD_BALANCER)];
}

function validateTrafficPolicies(spec: ServiceSpec): FieldError[] {
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal, healthCheckNodePort: health } = spec;
  const { trafficDistribution } = spec;
  const accessible = isExternallyAccessible(spec);
  const field = 'spec.externalTrafficPolicy';
  const errors: FieldError[] = [];
  if (external && !accessible)
    errors.push(invalid(field, external, 'may only be set for externally-accessible services'));
  else if (accessible) errors.push(...checkEnum(field, external, POLICIES));
  if (health && !needsHealthCheckNodePort(spec)) {
    const message = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', health, message));
  } else if (health) {
    errors.push(...check('spec.healthCheckNodePort', health, isValidPortNum(health)));
  }
  if (internal && !POLICIES.includes(internal))
    errors.push(notSupported('spec.internalTrafficPolicy', internal, POLICIES));
  if (trafficDistribution !== undefined && trafficDistribution !== 'PreferClose') {
    errors.push(notSupported('spec.trafficDistribution', trafficDistribution, ['PreferClose']));
  }
  return errors;
}
