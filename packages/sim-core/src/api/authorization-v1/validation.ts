import { type FieldError, invalid, required } from '../../apimachinery/field-error.ts';
import { GoLiteral, goQuote } from '../../apimachinery/go-syntax.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import type {
  AccessReview,
  NonResourceAttributes,
  ResourceAttributes,
  SelectorAttributes,
  SubjectAccessReviewSpec,
} from './subject-access-review.ts';

/* pkg/apis/authorization/validation/validation.go */

const RESOURCE = 'spec.resourceAttributes';
const PATH = 'spec.nonResourceAttributes';

/** `ValidateSelfSubjectAccessReview` */
export function validateSelfReview({ spec, metadata }: AccessReview): FieldError[] {
  return [...oneOfBoth(spec), ...selectors(spec.resourceAttributes), ...noMetadata(metadata, 'must be empty')];
}

/** `ValidateSubjectAccessReview` */
export function validateSubjectReview({ spec, metadata }: AccessReview): FieldError[] {
  return [...subject(spec), ...noMetadata(metadata, 'must be empty')];
}

/** `ValidateLocalSubjectAccessReview` */
export function validateLocalReview({ spec, metadata }: AccessReview): FieldError[] {
  const { namespace = '', ...others } = metadata;
  const errors = [...subject(spec), ...noMetadata(others, 'must be empty except for namespace')];
  const asked = spec.resourceAttributes?.namespace ?? '';
  if (spec.resourceAttributes && asked !== namespace) {
    errors.push(invalid(`${RESOURCE}.namespace`, asked, 'must match metadata.namespace'));
  }
  if (spec.nonResourceAttributes) {
    errors.push(invalid(PATH, goPath(spec.nonResourceAttributes), 'disallowed on this kind of request'));
  }
  return errors;
}

function subject(spec: SubjectAccessReviewSpec): FieldError[] {
  const named = Boolean(spec.user) || (spec.groups ?? []).length > 0;
  const nobody = invalid('spec.user', spec.user ?? '', 'at least one of user or group must be specified');
  return [...oneOfBoth(spec), ...(named ? [] : [nobody]), ...selectors(spec.resourceAttributes)];
}

function oneOfBoth({ resourceAttributes, nonResourceAttributes }: SubjectAccessReviewSpec): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    return [invalid(PATH, goPath(nonResourceAttributes), 'cannot be specified in combination with resourceAttributes')];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const message = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
  return [invalid(RESOURCE, undefined, message)];
}

/** Field managers are not counted: the server itself writes them. */
function noMetadata({ managedFields: _managed, ...others }: Partial<ObjectMeta>, message: string): FieldError[] {
  const set = Object.values(others).some((value) => value !== undefined && value !== null && value !== '');
  return set ? [invalid('metadata', others, message)] : [];
}

function selectors(attributes: ResourceAttributes | undefined): FieldError[] {
  return [
    ...selector(attributes?.fieldSelector, `${RESOURCE}.fieldSelector`),
    ...selector(attributes?.labelSelector, `${RESOURCE}.labelSelector`),
  ];
}

function selector(given: SelectorAttributes | undefined, path: string): FieldError[] {
  if (!given) return [];
  const { rawSelector = '', requirements = [] } = given;
  if (rawSelector !== '' && requirements.length > 0) {
    return [invalid(`${path}.rawSelector`, rawSelector, 'may not specified at the same time as requirements')];
  }
  if (rawSelector !== '' || requirements.length > 0) return [];
  return [required(`${path}.requirements`, `when ${path} is specified, requirements or rawSelector is required`)];
}

function goPath({ path = '', verb = '' }: NonResourceAttributes): GoLiteral {
  return new GoLiteral(`authorization.NonResourceAttributes{Path:${goQuote(path)}, Verb:${goQuote(verb)}}`);
}
