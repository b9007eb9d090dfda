import { deepEqual } from '../../../../apimachinery/deep.ts';
import { type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { goDiff } from '../../../../apimachinery/go-diff.ts';
import { goStringMap } from '../../../../apimachinery/go-syntax.ts';
import { inclusiveRangeError } from '../../../../apimachinery/validation/messages.ts';
import type { Pod } from '../../pod.ts';
import type { Container } from '../container.ts';
import type { PodSpec, Toleration } from '../pod-spec.ts';
import { validatePodAnnotations } from './annotations.ts';
import { validateImagesOfPod } from './containers.ts';
import { validateTolerations } from './tolerations.ts';

/** What pods may change after creation, in upstream's words (`updatablePodSpecFields`). */
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');
const MAX_SECONDS = 2 ** 31 - 1;

/** `ValidatePodUpdate`; annotations are looked at twice, as upstream does */
export function validatePodUpdate({ metadata, spec }: Pod, { spec: old }: Pod): FieldError[] {
  return [
    ...validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpecUpdate(spec, old),
  ];
}

function validatePodSpecUpdate(spec: PodSpec, old: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, before] = [spec[list] ?? [], old[list] ?? []];
    if (now.length !== before.length) {
      return [...errors, forbidden(`spec.${list}`, 'pod updates may not add or remove containers')];
    }
    errors.push(...validateImages(now, `spec.${list}`));
  }
  const deadline = validateDeadlineUpdate(spec, old);
  errors.push(...deadline);
  // Only taking the deadline off leaves room for further errors.
  if (deadline.length > 0 && spec.activeDeadlineSeconds !== undefined) return errors;
  errors.push(...validateTolerationsUpdate(spec, old), ...validateGatesUpdate(spec, old));
  const kept = withoutUpdatable(spec, old);
  if ((old.schedulingGates ?? []).length > 0) errors.push(...validateSelectorOfGated(kept, old));
  const rest = (old.schedulingGates ?? []).length > 0 ? { ...kept, nodeSelector: old.nodeSelector } : kept;
  if (deepEqual(rest, old)) return errors;
  const diff = goDiff('core.PodSpec', old as never, rest as never);
  return [...errors, forbidden('spec', `pod updates may not change fields other than ${UPDATABLE}\n${diff}`)];
}

function validateImages(containers: readonly Container[], path: string): FieldError[] {
  return containers.flatMap((container, i) => [
    ...(container.image ? [] : [required(`${path}[${i}].image`)]),
    ...validateImagesOfPod([container], path, i),
  ]);
}

function validateDeadlineUpdate(
  { activeDeadlineSeconds: next }: PodSpec,
  { activeDeadlineSeconds: old }: PodSpec,
): FieldError[] {
  const field = 'spec.activeDeadlineSeconds';
  if (next === undefined) {
    return old === undefined ? [] : [invalid(field, next, 'must not update from a positive integer to nil value')];
  }
  if (next < 0 || next > MAX_SECONDS) return [invalid(field, next, inclusiveRangeError(0, MAX_SECONDS))];
  return old !== undefined && next > old ? [invalid(field, next, 'must be less than or equal to previous value')] : [];
}

/** `validateOnlyAddedTolerations` */
function validateTolerationsUpdate({ tolerations = [] }: PodSpec, { tolerations: old = [] }: PodSpec): FieldError[] {
  const same = (a: Toleration, b: Toleration): boolean =>
    deepEqual({ ...a, tolerationSeconds: undefined }, { ...b, tolerationSeconds: undefined });
  if (old.every((each) => tolerations.some((toleration) => same(toleration, each)))) {
    return validateTolerations(tolerations, 'spec.tolerations');
  }
  return [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

/** `validateOnlyDeletedSchedulingGates` */
function validateGatesUpdate({ schedulingGates = [] }: PodSpec, { schedulingGates: old = [] }: PodSpec): FieldError[] {
  return schedulingGates.flatMap(({ name }, i) => {
    if (old.some((gate) => gate.name === name)) return [];
    const message = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return [forbidden(`spec.schedulingGates[${i}].name`, message)];
  });
}

/** `validateNodeSelectorMutation`: until its gates are gone, a pod may become choosier. */
function validateSelectorOfGated({ nodeSelector = {} }: PodSpec, { nodeSelector: old = {} }: PodSpec): FieldError[] {
  if (Object.entries(old).every(([key, value]) => nodeSelector[key] === value)) return [];
  const message = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
  return [invalid('spec.nodeSelector', goStringMap(nodeSelector), message)];
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
