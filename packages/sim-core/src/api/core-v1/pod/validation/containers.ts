import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import { isValidPortName, isValidPortNum } from '../../../../apimachinery/validation/values.ts';
import { check, checkEnum, checkLabel, PORT_PROTOCOLS } from '../../../checks.ts';
import type { Container, ContainerPort } from '../container.ts';
import type { PodSpec, Volume } from '../pod-spec.ts';
import { validateEnv, validateEnvFrom } from './env.ts';
import { validateProbesAndHooks } from './handlers.ts';
import { validateResizePolicy, validateResources } from './resources.ts';
import { validateSecurityContext } from './security-context.ts';
import { validateVolumeDevices } from './volume-devices.ts';
import { validateVolumeMounts } from './volume-mounts.ts';

const PULL_POLICIES: readonly string[] = Object.freeze(['Always', 'IfNotPresent', 'Never']);
const MESSAGE_POLICIES: readonly string[] = Object.freeze(['File', 'FallbackToLogsOnError']);

/** What the checks of a container must know of its pod. */
export interface PodFacts {
  /** Its volumes without errors, by name. */
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly gracePeriod: number | undefined;
  readonly restartPolicy: PodSpec['restartPolicy'];
  /** Whether its users are the node's own. */
  readonly hostUsers: boolean;
}

/** `validateContainers` */
export function validateContainers(containers: readonly Container[], pod: PodFacts, path: string): FieldError[] {
  if (containers.length === 0) return [required(path)];
  const names = new Set<string>();
  const errors = containers.flatMap((container, i) => [
    ...validateContainer(container, pod, `${path}[${i}]`),
    ...checkUnique(container.name, names, `${path}[${i}].name`),
    ...validateProbesAndHooks(container, pod.gracePeriod, `${path}[${i}]`),
    ...(container.restartPolicy === undefined
      ? []
      : [forbidden(`${path}[${i}].restartPolicy`, 'may not be set for non-init containers')]),
  ]);
  return [...errors, ...checkHostPorts(containers, path)];
}

/** `validateInitContainers`; @param regular the pod's other containers, whose names are taken */
export function validateInitContainers(
  containers: readonly Container[],
  regular: readonly Container[],
  pod: PodFacts,
  path: string,
): FieldError[] {
  const names = new Set(regular.map(({ name }) => name));
  return containers.flatMap((container, i) => [
    ...validateContainer(container, pod, `${path}[${i}]`),
    ...validateInitRestartPolicy(container, `${path}[${i}].restartPolicy`),
    ...checkUnique(container.name, names, `${path}[${i}].name`),
    ...checkHostPorts([container], path),
    ...(container.restartPolicy === 'Always'
      ? validateProbesAndHooks(container, pod.gracePeriod, `${path}[${i}]`)
      : forbidProbesAndHooks(container, `${path}[${i}]`)),
  ]);
}

/** `validateContainerCommon` */
export function validateContainer(container: Container, pod: PodFacts, path: string): FieldError[] {
  const { name, image, terminationMessagePolicy, ports = [], env = [], envFrom = [], imagePullPolicy } = container;
  return [
    ...(name ? checkLabel(`${path}.name`, name) : [required(`${path}.name`)]),
    ...(image ? [] : [required(`${path}.image`)]),
    ...checkEnum(`${path}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES),
    ...validatePorts(ports, `${path}.ports`),
    ...validateEnv(env, `${path}.env`),
    ...validateEnvFrom(envFrom, `${path}.envFrom`),
    ...validateVolumeMounts(container, pod.volumes, `${path}.volumeMounts`),
    ...validateVolumeDevices(container, pod.volumes, `${path}.volumeDevices`),
    ...checkEnum(`${path}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES),
    ...validateResources(container.resources ?? {}, `${path}.resources`),
    ...validateResizePolicy(container, pod.restartPolicy, `${path}.resizePolicy`),
    ...(container.securityContext
      ? validateSecurityContext(container.securityContext, pod.hostUsers, `${path}.securityContext`)
      : []),
  ];
}

/** `validateContainerPorts` */
function validatePorts(ports: readonly ContainerPort[], path: string): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap(({ name, containerPort, hostPort, protocol }, i) => {
    const errors = name ? check(`${path}[${i}].name`, name, isValidPortName(name)) : [];
    if (name && errors.length === 0) errors.push(...checkUnique(name, names, `${path}[${i}].name`));
    const number = `${path}[${i}].containerPort`;
    errors.push(...(containerPort ? check(number, containerPort, isValidPortNum(containerPort)) : [required(number)]));
    if (hostPort) errors.push(...check(`${path}[${i}].hostPort`, hostPort, isValidPortNum(hostPort)));
    return [...errors, ...checkEnum(`${path}[${i}].protocol`, protocol, PORT_PROTOCOLS)];
  });
}

function checkUnique(name: string, names: Set<string>, path: string): FieldError[] {
  if (name && names.has(name)) return [duplicate(path, name)];
  names.add(name);
  return [];
}

/** `AccumulateUniqueHostPorts` */
function checkHostPorts(containers: readonly Container[], path: string): FieldError[] {
  const taken = new Set<string>();
  const all = containers.flatMap(({ ports = [] }, i) =>
    ports.map((port, j) => ({ port, path: `${path}[${i}].ports[${j}]` })),
  );
  return all.flatMap(({ port: { protocol = '', hostIP = '', hostPort }, path: own }) => {
    if (!hostPort) return [];
    const text = `${protocol}/${hostIP}/${hostPort}`;
    if (taken.has(text)) return [duplicate(`${own}.hostPort`, text)];
    taken.add(text);
    return [];
  });
}

function validateInitRestartPolicy({ restartPolicy }: Container, path: string): FieldError[] {
  return restartPolicy === undefined || restartPolicy === 'Always'
    ? []
    : [notSupported(path, restartPolicy, ['Always'])];
}

function forbidProbesAndHooks(container: Container, path: string): FieldError[] {
  const fields = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const;
  return fields
    .filter((field) => container[field] !== undefined)
    .map((field) => forbidden(`${path}.${field}`, 'may not be set for init containers without restartPolicy=Always'));
}

/**
 * What a bare pod may not do, while templates tolerate it (`validateContainersOnlyForPod`).
 * @param first index of the first of these containers
 */
export function validateImagesOfPod(containers: readonly Container[], path: string, first = 0): FieldError[] {
  return containers.flatMap(({ image = '' }, i) =>
    image === image.trim()
      ? []
      : [invalid(`${path}[${first + i}].image`, image, 'must not have leading or trailing whitespace')],
  );
}
