import { type FieldError, forbidden, notSupported, required, tooLong } from '../../../apimachinery/field-error.ts';
import { isDomainPrefixedPath } from '../../../apimachinery/validation/values.ts';
import { checkImmutable, checkLabel } from '../../checks.ts';
import { validateReference } from '../ingress/validation.ts';
import type { IngressClass } from '../ingress-class.ts';

const CONTROLLER_MAX = 250;
const SCOPES: readonly string[] = Object.freeze(['Cluster', 'Namespace']);

/** pkg/apis/networking/validation/validation.go ValidateIngressClass */
export function validateIngressClass({ spec = {} }: IngressClass): FieldError[] {
  const { controller = '', parameters } = spec;
  const field = 'spec.controller';
  return [
    ...(controller.length > CONTROLLER_MAX ? [tooLong(field, controller, CONTROLLER_MAX)] : []),
    ...isDomainPrefixedPath(field, controller),
    ...(parameters ? validateParameters(parameters, 'spec.parameters') : []),
  ];
}

/** `validateIngressClassSpecUpdate` */
export function validateIngressClassUpdate({ spec }: IngressClass, { spec: old }: IngressClass): FieldError[] {
  return checkImmutable('spec.controller', spec?.controller, old?.controller);
}

function validateParameters(
  parameters: NonNullable<NonNullable<IngressClass['spec']>['parameters']>,
  path: string,
): FieldError[] {
  const { scope = '', namespace } = parameters;
  const errors = validateReference(parameters, path);
  if (!SCOPES.includes(scope)) return [...errors, notSupported(`${path}.scope`, scope, SCOPES)];
  const field = `${path}.namespace`;
  if (scope === 'Cluster') {
    return namespace === undefined ? errors : [...errors, forbidden(field, "`parameters.scope` is set to 'Cluster'")];
  }
  if (namespace === undefined) return [...errors, required(field, "`parameters.scope` is set to 'Namespace'")];
  return [...errors, ...checkLabel(field, namespace)];
}
