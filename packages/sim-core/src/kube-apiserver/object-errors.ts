import type { FieldError } from '../apimachinery/field-error.ts';
import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { newInvalid } from '../apimachinery/status-error.ts';
import {
  validateKubeFinalizers,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../apimachinery/validation/object-meta.ts';
import type { WriteOptions } from './write-options.ts';

/** What is wrong with a new object: metadata first, then what the kind says. */
export function createErrors<T extends KubeObject>(kind: Kind<T>, object: T): FieldError[] {
  return [
    ...validateObjectMeta(object.metadata, kind),
    ...kubeFinalizerErrors(kind, object),
    ...(kind.validate?.(object) ?? []),
    ...(kind.validateCreate?.(object) ?? []),
  ];
}

/** What is wrong with a changed object. */
export function updateErrors<T extends KubeObject>(
  kind: Kind<T>,
  object: T,
  old: T,
  options: WriteOptions,
): FieldError[] {
  const whole = kind.validate?.(object) ?? [];
  const change = (options.validateUpdate ?? kind.validateUpdate)?.(object, old) ?? [];
  const inOrder = kind.updateIsCheckedFirst === true ? [...change, ...whole] : [...whole, ...change];
  return [...validateObjectMetaUpdate(object.metadata, old.metadata), ...kubeFinalizerErrors(kind, object), ...inOrder];
}

/** @throws StatusError Invalid, where there are errors */
export function refuseInvalid(kind: Kind, object: KubeObject, errors: readonly FieldError[]): void {
  if (errors.length > 0) throw newInvalid(kind, object.metadata.name ?? '', errors);
}

/** Kinds outside of pkg/apis/core/validation's ValidateObjectMeta may have finalizers without a domain. */
function kubeFinalizerErrors({ isCustom, group }: Kind, { metadata }: KubeObject): FieldError[] {
  return isCustom === true || group === 'admissionregistration.k8s.io' ? [] : validateKubeFinalizers(metadata);
}
