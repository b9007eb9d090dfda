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
import { isExternal } from './defaults.ts';
import { needsHealthCheckNodePort } from './strategy.ts';

const TYPES: readonly string[] = Object.freeze(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']);
const AFFINITIES: readonly string[] = Object.freeze(['ClientIP', 'None']);
const POLICIES: readonly string[] = Object.freeze(['Cluster', 'Local']);
const MAX_AFFINITY_SECONDS = 86400;
const KUBELET_PORT = 10250;
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

/** pkg/apis/core/validation/validation.go ValidateService */
export function validateService({ spec }: Service): FieldError[] {
  const { ports = [], externalIPs = [], type } = spec;
  const headless = isHeadless(spec);
  const missing = ports.length === 0 && !headless && type !== 'ExternalName';
  return [
    ...(missing ? [required('spec.ports')] : []),
    ...validateType(spec),
    ...validatePorts(ports, 'spec.ports'),
    ...validateLabels(spec.selector, 'spec.selector'),
    ...validateAffinity(spec),
    ...validateClusterIPs(spec),
    ...externalIPs.flatMap((ip, i) => validateExternalIP(ip, `spec.externalIPs[${i}]`)),
    ...checkEnum('spec.type', type, TYPES),
    ...validateNodePorts(spec, 'spec.ports'),
    ...validateLoadBalancer(spec),
    ...validateTrafficPolicies(spec),
  ];
}

/** What each type demands of the other fields. */
function validateType(spec: ServiceSpec): FieldError[] {
  const { type, ports = [], clusterIPs = [], ipFamilies = [], ipFamilyPolicy, externalName = '' } = spec;
  const none = isHeadless(spec) && isExternal(spec);
  const errors = none ? [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)] : [];
  if (type === 'LoadBalancer') {
    const message = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
    const taken = ports.flatMap(({ port }, i) =>
      port === KUBELET_PORT ? [invalid(`spec.ports[${i}]`, port, message)] : [],
    );
    return [...taken, ...errors];
  }
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

function validateLoadBalancer(spec: ServiceSpec): FieldError[] {
  const {
    type,
    loadBalancerSourceRanges: ranges = [],
    allocateLoadBalancerNodePorts: allocate,
    loadBalancerClass,
  } = spec;
  // Upstream names this one field with a capital letter.
  const field = 'spec.LoadBalancerSourceRanges';
  const balanced = type === 'LoadBalancer';
  return [
    ...(ranges.length > 0 && !balanced ? [forbidden(field, ONLY_LOAD_BALANCER)] : []),
    ...ranges.flatMap((range, i) => checkCIDR(`${field}[${i}]`, range.trim())),
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
  const { externalIPs = [], trafficDistribution } = spec;
  const accessible = isExternal(spec) || (spec.type === 'ClusterIP' && externalIPs.length > 0);
  const field = 'spec.externalTrafficPolicy';
  const errors: FieldError[] = [];
  if (external && !accessible)
    errors.push(invalid(field, external, 'may only be set for externally-accessible services'));
  else if (external && !POLICIES.includes(external)) errors.push(notSupported(field, external, POLICIES));
  if (health && !needsHealthCheckNodePort(spec)) {
    const message = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid('spec.healthCheckNodePort', health, message));
  }
  if (internal && !POLICIES.includes(internal))
    errors.push(notSupported('spec.internalTrafficPolicy', internal, POLICIES));
  if (trafficDistribution !== undefined && trafficDistribution !== 'PreferClose') {
    errors.push(notSupported('spec.trafficDistribution', trafficDistribution, ['PreferClose']));
  }
  return errors;
}
