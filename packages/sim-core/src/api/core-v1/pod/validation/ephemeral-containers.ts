import { deepEqual } from '../../../../apimachinery/deep.ts';
import { duplicate, type FieldError, forbidden, notFound } from '../../../../apimachinery/field-error.ts';
import type { Pod } from '../../pod.ts';

const PATH = 'spec.ephemeralContainers';

/** What only containers have that are there from the beginning (`allowedEphemeralContainerFields`, turned round). */
const NOT_ALLOWED: readonly string[] = Object.freeze([
  'lifecycle',
  'livenessProbe',
  'ports',
  'readinessProbe',
  'resources',
  'startupProbe',
]);

/** `ValidatePodEphemeralContainersUpdate`: containers are added; those that are there stay as they are. */
export function validateEphemeralContainersUpdate({ spec }: Pod, { spec: old }: Pod): FieldError[] {
  const { ephemeralContainers: containers = [] } = spec;
  const kept = (old.ephemeralContainers ?? []).flatMap((container) => {
    const now = containers.find(({ name }) => name === container.name);
    if (now === undefined)
      return [forbidden(PATH, `existing ephemeral containers "${container.name}" may not be removed\n`)];
    return deepEqual(now, container)
      ? []
      : [forbidden(PATH, `existing ephemeral containers "${container.name}" may not be changed\n`)];
  });
  return [...validateEphemeralContainers(spec), ...kept];
}

/** `validateEphemeralContainers` */
function validateEphemeralContainers({
  ephemeralContainers = [],
  containers,
  initContainers = [],
}: Pod['spec']): FieldError[] {
  const names = new Set([...containers, ...initContainers].map(({ name }) => name));
  return ephemeralContainers.flatMap((container, index) => {
    const path = `${PATH}[${index}]`;
    const { name, targetContainerName } = container;
    const isTaken = names.has(name);
    names.add(name);
    const isTarget = containers.some((each) => each.name === targetContainerName);
    const set = NOT_ALLOWED.filter((field) => !isEmpty((container as unknown as Record<string, unknown>)[field]));
    return [
      ...(isTaken ? [duplicate(`${path}.name`, name)] : []),
      ...set.map((field) => forbidden(`${path}.${field}`, 'cannot be set for an Ephemeral Container')),
      ...(targetContainerName && !isTarget ? [notFound(`${path}.targetContainerName`, targetContainerName)] : []),
    ];
  });
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
