import { type FieldError, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { parseJsonPath } from '../../../apimachinery/structural-schema/json-path.ts';
import { isDNS1035Label } from '../../../apimachinery/validation/names.ts';
import type { CustomResourceColumnDefinition, CustomResourceDefinitionVersion } from '../custom-resource-definition.ts';

const COLUMN_TYPES: readonly string[] = Object.freeze(['boolean', 'date', 'integer', 'number', 'string']);

/** What is wrong with one version besides its schema (ValidateCustomResourceDefinitionVersion). */
export function validateVersion(version: CustomResourceDefinitionVersion, path: string): FieldError[] {
  const { name, additionalPrinterColumns = [], subresources, selectableFields = [] } = version;
  const errors = isDNS1035Label(name ?? '');
  return [
    ...(errors.length > 0 ? [invalid(`${path}.name`, name ?? '', errors.join(','))] : []),
    ...additionalPrinterColumns.flatMap((column, index) =>
      validateColumn(column, `${path}.additionalPrinterColumns[${index}]`),
    ),
    ...(subresources?.scale === undefined ? [] : validateScale(subresources.scale, `${path}.subresources.scale`)),
    ...selectableFields.flatMap(({ jsonPath }, index) =>
      jsonPath && parseJsonPath(jsonPath) !== undefined
        ? []
        : [invalid(`${path}.selectableFields[${index}].jsonPath`, jsonPath ?? '', 'is an invalid path')],
    ),
  ];
}

function validateColumn({ name, type, jsonPath }: CustomResourceColumnDefinition, path: string): FieldError[] {
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(type ? [] : [required(`${path}.type`, `must be one of ${COLUMN_TYPES.join(',')}`)]),
    ...(type && !COLUMN_TYPES.includes(type) ? [notSupported(`${path}.type`, type, COLUMN_TYPES)] : []),
    ...(jsonPath ? [] : [required(`${path}.JSONPath`)]),
  ];
}

type Scale = NonNullable<NonNullable<CustomResourceDefinitionVersion['subresources']>['scale']>;

function validateScale(scale: Scale, path: string): FieldError[] {
  const { specReplicasPath = '', statusReplicasPath = '', labelSelectorPath = '' } = scale;
  return [
    ...validatePath(specReplicasPath, `${path}.specReplicasPath`, ['.spec.'], true),
    ...validatePath(statusReplicasPath, `${path}.statusReplicasPath`, ['.status.'], true),
    ...validatePath(labelSelectorPath, `${path}.labelSelectorPath`, ['.spec.', '.status.'], false),
  ];
}

function validatePath(value: string, path: string, roots: readonly string[], needed: boolean): FieldError[] {
  if (value === '') return needed ? [required(path)] : [];
  const under = roots.map((root) => root.slice(0, -1)).join(' or ');
  const isBelow = roots.some((root) => value.startsWith(root));
  if (parseJsonPath(value) === undefined || /[[\]]/.test(value)) {
    return [invalid(path, value, 'should be a json path of the form .a.b')];
  }
  return isBelow ? [] : [invalid(path, value, `should be a json path under ${under}`)];
}
