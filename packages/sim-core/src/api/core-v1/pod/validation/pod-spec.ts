import { type FieldError, forbidden, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import { validateLabels } from '../../../../apimachinery/label-selector.ts';
import { validateAnnotations } from '../../../../apimachinery/validation/object-meta.ts';
import { check, checkEnum, checkIP, checkLabel, checkQualifiedName, checkSubdomain } from '../../../checks.ts';
import type { PodTemplateSpec } from '../../pod.ts';
import type { PodSpec } from '../pod-spec.ts';
import { type PodFacts, validateContainers, validateInitContainers } from './containers.ts';
import { validateAffinity, validateTolerations, validateTopologySpread } from './scheduling.ts';
import { validatePodSecurityContext } from './security-context.ts';
import { validateVolumes } from './volumes.ts';

const RESTART_POLICIES: readonly string[] = Object.freeze(['Always', 'OnFailure', 'Never']);
const DNS_POLICIES: readonly string[] = Object.freeze(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
const MAX_SECONDS = 2 ** 31 - 1;

/** `ValidatePodTemplateSpec`; labels and annotations stand at the template itself, without `metadata`, as upstream has it. */
export function validatePodTemplate({ metadata = {}, spec }: PodTemplateSpec, path: string): FieldError[] {
  return [
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validatePodSpec(spec, `${path}.spec`, { isPod: false }),
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ];
}

/** `ValidatePodSpec`; templates are checked less strictly than pods. */
export function validatePodSpec(spec: PodSpec, path: string, { isPod }: { isPod: boolean }): FieldError[] {
  const { errors, names } = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  const facts: PodFacts = { volumes: names, gracePeriod: spec.terminationGracePeriodSeconds };
  const { containers = [], initContainers = [] } = spec;
  return [
    ...errors,
    ...validateContainers(containers, facts, `${path}.containers`),
    ...validateInitContainers(initContainers, containers, facts, `${path}.initContainers`),
    ...validateHostNetwork(spec, path, isPod),
    ...checkEnum(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...checkEnum(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...(spec.securityContext ? validatePodSecurityContext(spec.securityContext, `${path}.securityContext`) : []),
    ...validatePlacement(spec, path),
    ...validateNames(spec, path),
  ];
}

function validatePlacement(spec: PodSpec, path: string): FieldError[] {
  const {
    affinity,
    topologySpreadConstraints = [],
    tolerations = [],
    readinessGates = [],
    schedulingGates = [],
  } = spec;
  return [
    ...(affinity ? validateAffinity(affinity, `${path}.affinity`) : []),
    ...validateDnsConfig(spec, `${path}.dnsConfig`),
    ...readinessGates.flatMap(({ conditionType = '' }, i) =>
      checkQualifiedName(`${path}.readinessGates[${i}].conditionType`, conditionType),
    ),
    ...schedulingGates.flatMap(({ name = '' }, i) => checkQualifiedName(`${path}.schedulingGates[${i}]`, name)),
    ...validateTopologySpread(topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateTolerations(tolerations, `${path}.tolerations`),
  ];
}

function validateNames(spec: PodSpec, path: string): FieldError[] {
  const { activeDeadlineSeconds: deadline, preemptionPolicy, hostAliases = [] } = spec;
  const named = (field: keyof PodSpec & string, rule: typeof checkLabel): FieldError[] =>
    spec[field] ? rule(`${path}.${field}`, spec[field] as string) : [];
  return [
    ...named('serviceAccountName', checkSubdomain),
    ...named('nodeName', checkSubdomain),
    ...(deadline !== undefined && (deadline < 1 || deadline > MAX_SECONDS)
      ? check(`${path}.activeDeadlineSeconds`, deadline, [`must be between 1 and ${MAX_SECONDS}, inclusive`])
      : []),
    ...named('hostname', checkLabel),
    ...named('subdomain', checkLabel),
    ...hostAliases.flatMap(({ ip = '', hostnames = [] }, i) => [
      ...checkIP(`${path}.hostAliases[${i}].ip`, ip),
      ...hostnames.flatMap((name, j) => checkSubdomain(`${path}.hostAliases[${i}].hostnames[${j}]`, name)),
    ]),
    ...named('priorityClassName', checkSubdomain),
    ...named('runtimeClassName', checkSubdomain),
    ...(preemptionPolicy === undefined || ['PreemptLowerPriority', 'Never'].includes(preemptionPolicy)
      ? []
      : [notSupported(`${path}.preemptionPolicy`, preemptionPolicy, ['PreemptLowerPriority', 'Never'])]),
  ];
}

/** `validatePodHostNetworkDeps` */
function validateHostNetwork({ hostNetwork, containers = [] }: PodSpec, path: string, isPod: boolean): FieldError[] {
  if (hostNetwork !== true) return [];
  const message = 'must match `containerPort` when `hostNetwork` is true';
  return containers.flatMap(({ ports = [] }, i) =>
    ports.flatMap(({ hostPort = 0, containerPort }, j) => {
      const checked = isPod || hostPort !== 0;
      const field = `${path}.containers[${i}].ports[${j}].hostPort`;
      return checked && hostPort !== containerPort ? [invalid(field, hostPort, message)] : [];
    }),
  );
}

/** `validatePodDNSConfig` */
function validateDnsConfig({ dnsPolicy, dnsConfig }: PodSpec, path: string): FieldError[] {
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && dnsConfig === undefined) {
    return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  }
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    return [required(`${path}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')];
  }
  const tooMany = (field: string, values: string[], max: number, what: string): FieldError[] =>
    values.length > max ? [invalid(`${path}.${field}`, values, `must not have more than ${max} ${what}`)] : [];
  return [
    ...tooMany('nameservers', nameservers, 3, 'nameservers'),
    ...nameservers.flatMap((ip, i) => checkIP(`${path}.nameservers[${i}]`, ip)),
    ...tooMany('searches', searches, 32, 'search paths'),
    ...searches.flatMap((name, i) => checkSubdomain(`${path}.searches[${i}]`, name.replace(/\.$/, ''))),
    ...options.flatMap(({ name }, i) => (name ? [] : [required(`${path}.options[${i}]`, 'must not be empty')])),
  ];
}
