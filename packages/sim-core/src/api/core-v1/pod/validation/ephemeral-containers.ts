import { deepEqual } from '../../../../apimachinery/deep.ts';
import { duplicate, type FieldError, forbidden, notFound } from '../../../../apimachinery/field-error.ts';
import { goDiff } from '../../../../apimachinery/go-diff.ts';
import { goQuote } from '../../../../apimachinery/go-syntax.ts';
import type { Pod } from '../../pod.ts';
import type { Container } from '../container.ts';
import type { PodSpec } from '../pod-spec.ts';
import { type PodFacts, validateContainer, validateImagesOfPod } from './containers.ts';

/** What a container that only looks into a pod has no use for, in the order of the fields of core.EphemeralContainerCommon. */
const NOT_ALLOWED: readonly (keyof Container)[] = Object.freeze([
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const);
const CANNOT = 'cannot be set for an Ephemeral Container';

/** `ValidatePodEphemeralContainersUpdate`: containers are added; those that are there stay as they are. */
export function validateEphemeralContainersUpdate({ spec }: Pod, { spec: old }: Pod): FieldError[] {
  const path = 'spec.ephemeralContainers';
  return (old.ephemeralContainers ?? []).flatMap((before) => {
    const now = spec.ephemeralContainers?.find(({ name }) => name === before.name);
    const which = `existing ephemeral containers ${goQuote(before.name)}`;
    if (now === undefined) return [forbidden(path, `${which} may not be removed\n`)];
    if (deepEqual(now, before)) return [];
    const diff = goDiff('core.EphemeralContainer', before as never, now as never);
    return [forbidden(path, `${which} may not be changed\n${diff}`)];
  });
}

/** `validateEphemeralContainers` */
export function validateEphemeralContainers(spec: PodSpec, facts: PodFacts, path: string): FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = spec;
  const others = [...containers, ...initContainers].map(({ name }) => name);
  return ephemeralContainers.flatMap((container, i) => {
    const own = `${path}[${i}]`;
    const { name, targetContainerName: target = '' } = container;
    const taken = others.includes(name) || ephemeralContainers.slice(0, i).some((other) => other.name === name);
    return [
      ...validateContainer(container, facts, own),
      ...validateImagesOfPod([container], path, i),
      ...(taken ? [duplicate(`${own}.name`, name)] : []),
      ...(target !== '' && !others.includes(target) ? [notFound(`${own}.targetContainerName`, target)] : []),
      ...NOT_ALLOWED.filter((field) => isSet(container[field])).map((field) => forbidden(`${own}.${field}`, CANNOT)),
      ...forbidSubPaths(container, own),
    ];
  });
}

/** Whether Go would call a field set: anything but its zero value. */
function isSet(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value !== undefined;
}

function forbidSubPaths({ volumeMounts = [] }: Container, path: string): FieldError[] {
  return volumeMounts.flatMap(({ subPath, subPathExpr }, i) => [
    ...(subPath ? [forbidden(`${path}.volumeMounts[${i}].subPath`, CANNOT)] : []),
    ...(subPathExpr ? [forbidden(`${path}.volumeMounts[${i}].subPathExpr`, CANNOT)] : []),
  ]);
}
