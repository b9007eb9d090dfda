import { type FieldError, forbidden } from '../../../../apimachinery/field-error.ts';
import type { Pod } from '../../pod.ts';
import type { PodSpec } from '../pod-spec.ts';
import { validatePodAnnotations } from './annotations.ts';
import { validateImagesOfPod } from './containers.ts';
import { validatePodSpec } from './pod-spec.ts';

/** `validatePodMetadataAndSpec`: what pods must be, new or changed. */
export function validatePod({ metadata, spec }: Pod): FieldError[] {
  return [
    ...validatePodAnnotations(metadata.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', { isPod: true }),
    ...validateTokens(spec),
    ...validateImagesOfPod(spec.containers, 'spec.containers'),
    ...validateImagesOfPod(spec.initContainers ?? [], 'spec.initContainers'),
  ];
}

/** What only new pods are asked (`ValidatePodCreate`). */
export function validatePodCreate({ spec }: Pod): FieldError[] {
  const gated = Boolean(spec.nodeName) && (spec.schedulingGates ?? []).length > 0;
  return [
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [forbidden('spec.ephemeralContainers', 'cannot be set on create')]
      : []),
    ...(gated ? [forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')] : []),
  ];
}

/** Tokens belong to an account. */
function validateTokens({ serviceAccountName, volumes = [] }: PodSpec): FieldError[] {
  if (serviceAccountName) return [];
  const message = 'must not be specified when serviceAccountName is not set';
  return volumes.flatMap(({ projected }, i) => {
    const { sources = [] } = (projected ?? {}) as { sources?: { serviceAccountToken?: unknown }[] };
    return sources.flatMap(({ serviceAccountToken }, j) =>
      serviceAccountToken === undefined
        ? []
        : [forbidden(`spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`, message)],
    );
  });
}
