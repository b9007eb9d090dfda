import { isConditionTrue } from '../../../apimachinery/condition.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { goStrings } from '../../../apimachinery/go-syntax.ts';
import { isDNS1035Label, isDNS1123Subdomain } from '../../../apimachinery/validation/names.ts';
import { checkImmutable } from '../../checks.ts';
import type {
  CustomResourceConversion,
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionVersion,
} from '../custom-resource-definition.ts';
import { goVersions } from './go-versions.ts';
import { validateSchemas } from './schemas.ts';
import { validateVersion } from './version.ts';

type Spec = CustomResourceDefinition['spec'];

const APPROVAL = 'api-approved.kubernetes.io';
const APPROVAL_HELP = 'https://github.com/kubernetes/enhancements/pull/1111';

/** pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinition */
export function validateDefinition(definition: CustomResourceDefinition): FieldError[] {
  const { metadata, spec, status } = definition;
  const isNamed = metadata.name === `${spec.names.plural}.${spec.group}`;
  return [
    ...(isNamed ? [] : [invalid('metadata.name', metadata.name, 'must be spec.names.plural+"."+spec.group')]),
    ...validateSpec(spec),
    ...((status?.storedVersions ?? []).length === 0
      ? [invalid('status.storedVersions', goStrings([]), 'must have at least one stored version')]
      : []),
    ...validateApproval(definition),
    ...(spec.preserveUnknownFields === true ? [preservesUnknown()] : []),
  ];
}

/** ValidateCustomResourceDefinitionUpdate */
export function validateDefinitionUpdate(
  { spec, status }: CustomResourceDefinition,
  old: CustomResourceDefinition,
): FieldError[] {
  const established = isConditionTrue(old.status?.conditions, 'Established');
  const versions = spec.versions.map(({ name }) => name);
  const lost = (status?.storedVersions ?? []).flatMap((version, index) =>
    versions.includes(version)
      ? []
      : [
          invalid(
            `status.storedVersions[${index}]`,
            version,
            'missing from spec.versions; v1beta1 was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in v1beta1 and removes v1beta1 from status.storedVersions'.replaceAll(
              'v1beta1',
              version,
            ),
          ),
        ],
  );
  return [
    ...(established ? checkImmutable('spec.scope', spec.scope, old.spec.scope) : []),
    ...(established ? checkImmutable('spec.names.kind', spec.names.kind, old.spec.names.kind) : []),
    ...checkImmutable('spec.group', spec.group, old.spec.group),
    ...checkImmutable('spec.names.plural', spec.names.plural, old.spec.names.plural),
    ...lost,
  ];
}

function preservesUnknown(): FieldError {
  const instead = 'set x-preserve-unknown-fields to true in spec.versions[*].schema instead';
  return invalid('spec.preserveUnknownFields', true, `cannot set to true, ${instead}`);
}

function validateSpec(spec: Spec): FieldError[] {
  const { versions = [] } = spec;
  const lacking = versions.flatMap(({ schema }, index) =>
    schema?.openAPIV3Schema === undefined
      ? [required(`spec.versions[${index}].schema.openAPIV3Schema`, 'schemas are required')]
      : [],
  );
  return [
    ...validateGroup(spec.group),
    ...validateScope(spec.scope),
    ...lacking,
    ...versions.flatMap((version, index) => validateVersion(version, `spec.versions[${index}]`)),
    ...validateVersionSet(versions),
    ...validateNames(spec.names),
    ...validateSchemas(versions),
    ...validateConversion(spec.conversion ?? { strategy: 'None' }),
  ];
}

function validateGroup(group = ''): FieldError[] {
  if (group === '') return [required('spec.group')];
  const errors = isDNS1123Subdomain(group);
  if (errors.length > 0) return [invalid('spec.group', group, errors.join(','))];
  return group.includes('.') ? [] : [invalid('spec.group', group, 'should be a domain with at least one dot')];
}

function validateScope(scope = ''): FieldError[] {
  if (scope === '') return [required('spec.scope')];
  const scopes = ['Cluster', 'Namespaced'];
  return scopes.includes(scope) ? [] : [notSupported('spec.scope', scope, scopes)];
}

function validateVersionSet(versions: readonly CustomResourceDefinitionVersion[]): FieldError[] {
  const names = versions.map(({ name }) => name);
  const errors: FieldError[] = [];
  if (new Set(names).size < names.length) {
    errors.push(invalid('spec.versions', goVersions(versions), 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    const message = 'must have exactly one version marked as storage version';
    errors.push(invalid('spec.versions', goVersions(versions), message));
  }
  return errors;
}

function validateNames(names: CustomResourceDefinitionNames): FieldError[] {
  const { plural, singular = '', kind, listKind = '', shortNames = [], categories = [] } = names;
  const given = { plural, singular, kind, listKind };
  const missing = Object.entries(given).filter(([, value]) => !value);
  const label = (field: string, value: string, prefix = '') => {
    const errors = value ? isDNS1035Label(prefix === '' ? value : value.toLowerCase()) : [];
    return errors.length > 0 ? [invalid(`spec.names.${field}`, value, `${prefix}${errors.join(',')}`)] : [];
  };
  const mixed = 'may have mixed case, but should otherwise match: ';
  return [
    ...missing.map(([field]) => required(`spec.names.${field}`)),
    ...label('plural', plural),
    ...label('singular', singular),
    ...label('kind', kind, mixed),
    ...label('listKind', listKind, mixed),
    ...shortNames.flatMap((name, index) => label(`shortNames[${index}]`, name)),
    ...(kind && kind === listKind
      ? [invalid('spec.names.listKind', listKind, 'kind and listKind may not be the same')]
      : []),
    ...categories.flatMap((name, index) => label(`categories[${index}]`, name)),
  ];
}

/** validateCustomResourceConversion */
function validateConversion({ strategy, webhook }: CustomResourceConversion): FieldError[] {
  const field = 'spec.conversion';
  if (!strategy) return [required(`${field}.strategy`)];
  if (strategy !== 'None' && strategy !== 'Webhook') {
    return [notSupported(`${field}.strategy`, strategy, ['None', 'Webhook'])];
  }
  if (strategy === 'None') {
    const only = 'should not be set when strategy is not set to Webhook';
    return webhook?.clientConfig === undefined ? [] : [forbidden(`${field}.webhookClientConfig`, only)];
  }
  return [
    ...(webhook?.clientConfig === undefined
      ? [required(`${field}.webhookClientConfig`, 'required when strategy is set to Webhook')]
      : []),
    ...((webhook?.conversionReviewVersions ?? []).length === 0 ? [required(`${field}.conversionReviewVersions`)] : []),
  ];
}

/** Groups of Kubernetes' own need somebody's approval (validateAPIApproval). */
function validateApproval({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  if (!isProtected(spec.group)) return [];
  const value = metadata.annotations?.[APPROVAL];
  const field = `metadata.annotations[${APPROVAL}]`;
  const must = `protected groups must have approval annotation "${APPROVAL}"`;
  if (!value) return [required(field, `${must}, see ${APPROVAL_HELP}`)];
  if (value.startsWith('unapproved') || /^https?:\/\/[^/]+/.test(value)) return [];
  return [
    invalid(field, value, `${must} with either a URL or a reason starting with "unapproved", see ${APPROVAL_HELP}`),
  ];
}

/** Whether a group is one of Kubernetes' own (apihelpers.IsProtectedCommunityGroup). */
export function isProtected(group = ''): boolean {
  return /(^|\.)(k8s|kubernetes)\.io$/.test(group);
}
