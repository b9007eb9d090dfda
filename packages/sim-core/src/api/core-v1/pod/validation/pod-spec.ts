import { duplicate, type FieldError, forbidden, invalid } from '../../../../apimachinery/field-error.ts';
import { validateLabels } from '../../../../apimachinery/label-selector.ts';
import { validateAnnotations } from '../../../../apimachinery/validation/object-meta.ts';
import { check, checkEnum, checkIP, checkLabel, checkQualifiedName, checkSubdomain } from '../../../checks.ts';
import type { PodTemplateSpec } from '../../pod.ts';
import type { PodSpec } from '../pod-spec.ts';
import { validateAffinity } from './affinity.ts';
import { validatePodAnnotations } from './annotations.ts';
import { type PodFacts, validateContainers, validateInitContainers } from './containers.ts';
import { validateDnsConfig } from './dns-config.ts';
import { validateEphemeralContainers } from './ephemeral-containers.ts';
import { validateOS } from './os.ts';
import { validateResources } from './resources.ts';
import { validatePodSecurityContext } from './security-context.ts';
import { validateTolerations } from './tolerations.ts';
import { validateTopologySpread } from './topology-spread.ts';
import { validateVolumes } from './volumes.ts';

const RESTART_POLICIES: readonly string[] = Object.freeze(['Always', 'OnFailure', 'Never']);
const DNS_POLICIES: readonly string[] = Object.freeze(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']);
const MAX_SECONDS = 2 ** 31 - 1;

/** `ValidatePodTemplateSpec`; labels and annotations stand at the template itself, without `metadata`, as upstream has it. */
export function validatePodTemplate({ metadata = {}, spec }: PodTemplateSpec, path: string): FieldError[] {
  return [
    ...validateLabels(metadata.labels, `${path}.labels`),
    ...validateAnnotations(metadata.annotations, `${path}.annotations`),
    ...validatePodAnnotations(metadata.annotations, spec, `${path}.annotations`),
    ...validatePodSpec(spec, `${path}.spec`, { isPod: false }),
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template')]
      : []),
  ];
}

/** `ValidatePodSpec`; templates are checked less strictly than pods. */
export function validatePodSpec(spec: PodSpec, path: string, { isPod }: { isPod: boolean }): FieldError[] {
  const { errors, valid } = validateVolumes(spec.volumes ?? [], `${path}.volumes`);
  const { terminationGracePeriodSeconds: gracePeriod, restartPolicy, hostUsers } = spec;
  const facts: PodFacts = { volumes: valid, gracePeriod, restartPolicy, hostUsers: hostUsers !== false };
  const { containers = [], initContainers = [] } = spec;
  return [
    ...errors,
    ...validateContainers(containers, facts, `${path}.containers`),
    ...validateInitContainers(initContainers, containers, facts, `${path}.initContainers`),
    ...validateEphemeralContainers(spec, facts, `${path}.ephemeralContainers`),
    ...validateHostNetwork(spec, path, isPod),
    ...checkEnum(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES),
    ...checkEnum(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES),
    ...validateLabels(spec.nodeSelector, `${path}.nodeSelector`),
    ...validatePodSecurityContext(spec, `${path}.securityContext`),
    ...validatePlacement(spec, path),
    ...validateHostUsers(spec, path),
    ...validateNames(spec, path),
    ...validateOS(spec, path),
  ];
}

/** `validateHostUsers`: users of one's own and namespaces of the host do not go together. */
function validateHostUsers(spec: PodSpec, path: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  // Upstream writes two of the three with a capital letter.
  const fields = { hostNetwork: 'hostNetwork', hostPID: 'HostPID', hostIPC: 'HostIPC' } as const;
  return Object.entries(fields).flatMap(([field, name]) =>
    spec[field as keyof typeof fields] === true
      ? [forbidden(`${path}.${name}`, 'when `pod.Spec.HostUsers` is false')]
      : [],
  );
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
    ...schedulingGates.flatMap(({ name = '' }, i) => [
      ...checkQualifiedName(`${path}.schedulingGates[${i}]`, name),
      ...(schedulingGates.slice(0, i).some((gate) => gate.name === name)
        ? [duplicate(`${path}.schedulingGates[${i}]`, name)]
        : []),
    ]),
    ...validateTopologySpread(topologySpreadConstraints, `${path}.topologySpreadConstraints`),
    ...validateTolerations(tolerations, `${path}.tolerations`),
  ];
}

function validateNames(spec: PodSpec, path: string): FieldError[] {
  const { activeDeadlineSeconds: deadline, preemptionPolicy, hostAliases = [], overhead } = spec;
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
    ...(preemptionPolicy === undefined
      ? []
      : checkEnum(`${path}.preemptionPolicy`, preemptionPolicy, ['PreemptLowerPriority', 'Never'])),
    ...(overhead === undefined ? [] : validateResources({ limits: overhead }, `${path}.overhead`)),
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
