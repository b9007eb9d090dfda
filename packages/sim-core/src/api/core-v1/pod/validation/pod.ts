import { deepEqual } from '../../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import type { Pod } from '../../pod.ts';
import type { Container } from '../container.ts';
import type { PodSpec, Toleration } from '../pod-spec.ts';
import { validateImagesOfPod } from './containers.ts';
import { validatePodSpec } from './pod-spec.ts';

/** What pods may change after creation, in upstream's words (`updatablePodSpecFieldsNoResources`). */
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** `validatePodMetadataAndSpec` */
export function validatePod({ spec }: Pod): FieldError[] {
  return [
    ...validatePodSpec(spec, 'spec', { isPod: true }),
    ...validateImagesOfPod(spec.containers, 'spec.containers'),
    ...validateImagesOfPod(spec.initContainers ?? [], 'spec.initContainers'),
  ];
}

/** What `ValidatePodCreate` adds. */
export function validatePodCreate({ spec }: Pod): FieldError[] {
  if ((spec.ephemeralContainers ?? []).length === 0) return [];
  return [forbidden('spec.ephemeralContainers', 'cannot be set on create')];
}

/** `ValidatePodUpdate` */
export function validatePodUpdate({ spec }: Pod, { spec: old }: Pod): FieldError[] {
  const containers = sameNumber(spec.containers, old.containers, 'spec.containers');
  if (containers.length > 0) return containers;
  const init = sameNumber(spec.initContainers, old.initContainers, 'spec.initContainers');
  if (init.length > 0) return init;
  const errors = [...validateDeadlineUpdate(spec, old), ...validateTolerationsUpdate(spec, old)];
  if (deepEqual(withoutUpdatable(spec, old), old)) return errors;
  return [...errors, forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}`)];
}

function sameNumber(containers: readonly Container[] = [], old: readonly Container[] = [], path: string): FieldError[] {
  if (containers.length !== old.length) return [forbidden(path, 'pod updates may not add or remove containers')];
  return containers.flatMap(({ image }, i) => (image ? [] : [required(`${path}[${i}].image`)]));
}

function validateDeadlineUpdate(
  { activeDeadlineSeconds: next }: PodSpec,
  { activeDeadlineSeconds: old }: PodSpec,
): FieldError[] {
  if (old === undefined) return [];
  const field = 'spec.activeDeadlineSeconds';
  if (next === undefined) return [invalid(field, next, 'must not update from a positive integer to nil value')];
  return next > old ? [invalid(field, next, 'must be less than or equal to previous value')] : [];
}

function validateTolerationsUpdate({ tolerations = [] }: PodSpec, { tolerations: old = [] }: PodSpec): FieldError[] {
  const same = (a: Toleration, b: Toleration): boolean =>
    deepEqual({ ...a, tolerationSeconds: undefined }, { ...b, tolerationSeconds: undefined });
  if (old.every((each) => tolerations.some((toleration) => same(toleration, each)))) return [];
  return [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

/** The new spec with everything that may change put back. */
function withoutUpdatable(spec: PodSpec, old: PodSpec): PodSpec {
  const images = (containers: Container[] | undefined, before: Container[] = []): Container[] | undefined =>
    containers?.map((container, i) => ({ ...container, image: before[i]?.image }));
  const { terminationGracePeriodSeconds: grace = 0 } = old;
  return {
    ...spec,
    containers: images(spec.containers, old.containers) ?? [],
    initContainers: images(spec.initContainers, old.initContainers),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    tolerations: old.tolerations,
    schedulingGates: old.schedulingGates,
    ...(grace < 0 && spec.terminationGracePeriodSeconds === 1 && { terminationGracePeriodSeconds: grace }),
  };
}
