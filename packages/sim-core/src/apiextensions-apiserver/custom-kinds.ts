import type {
  CustomResourceDefinition,
  CustomResourceDefinitionNames,
  CustomResourceDefinitionVersion,
} from '../api/apiextensions-v1/custom-resource-definition.ts';
import type { FieldError } from '../apimachinery/field-error.ts';
import { apiVersionOf, type FieldGetter, type Kind, type StoredAs } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { parseJsonPath } from '../apimachinery/structural-schema/json-path.ts';
import type { Json } from '../apimachinery/structural-schema/json-schema.ts';
import { StructuralSchema } from '../apimachinery/structural-schema/structural-schema.ts';
import { columnsOf } from './columns.ts';
import { scaleOf, validateScale } from './scale.ts';

/** The kinds that a definition makes: one for each version that is served. */
export function customKinds(definition: CustomResourceDefinition, names: CustomResourceDefinitionNames): Kind[] {
  const { versions } = definition.spec;
  const stored = versions.find(({ storage }) => storage);
  if (stored === undefined) return [];
  const storage = customKind(definition, names, stored);
  return versions
    .filter(({ served }) => served)
    .map((version) => (version === stored ? storage : customKind(definition, names, version, storage)));
}

function customKind(
  { spec }: CustomResourceDefinition,
  names: CustomResourceDefinitionNames,
  version: CustomResourceDefinitionVersion,
  storage?: Kind,
): Kind {
  const { plural, singular = '', kind, listKind, shortNames, categories } = names;
  const { subresources, additionalPrinterColumns } = version;
  const structural = new StructuralSchema(version.schema?.openAPIV3Schema ?? {});
  const type = { group: spec.group, version: version.name };
  return Object.freeze({
    ...type,
    kind,
    resource: plural,
    singular,
    ...(listKind && { listKind }),
    isCustom: true,
    structural,
    needsResourceVersion: true,
    ...deprecationOf(spec, version, kind),
    ...(shortNames && { shortNames }),
    ...(categories && { categories }),
    namespaced: spec.scope === 'Namespaced',
    hasStatus: subresources?.status !== undefined,
    ...(storage && { stored: storedAs(storage, apiVersionOf(type), structural) }),
    ...(subresources?.scale && { scale: scaleOf(subresources.scale) }),
    ...(additionalPrinterColumns && { columns: columnsOf(additionalPrinterColumns) }),
    selectableFields: selectableFieldsOf(version),
    ...strategyOf(version, structural),
  } satisfies Kind);
}

/**
 * How objects are made and changed
 * (apiextensions-apiserver/pkg/registry/customresource/{strategy,status_strategy,validator}.go).
 */
function strategyOf(version: CustomResourceDefinitionVersion, structural: StructuralSchema) {
  const { status, scale } = version.subresources ?? {};
  const errors = (object: KubeObject, old?: KubeObject): FieldError[] => [
    ...structural.validate(object, old),
    ...(scale === undefined ? [] : validateScale(scale, object)),
  ];
  const complete = (object: KubeObject) => void Object.assign(object, structural.withDefaults(object));
  return {
    generationOf: (object: KubeObject) => withoutMetadata(object, status !== undefined),
    setDefaults: complete,
    // What the schema gives for status is there in every answer, for it is given whenever an object is read.
    prepareForCreate: (object: KubeObject) => {
      if (status !== undefined) delete (object as { status?: unknown }).status;
      complete(object);
    },
    prepareForUpdate: complete,
    validateCreate: (object: KubeObject) => errors(object),
    validateUpdate: (object: KubeObject, old: KubeObject) => errors(object, old),
    validateStatusUpdate: (object: KubeObject, old: KubeObject) => errors(object, old),
  };
}

/** Unless the definition says otherwise, the first version that is there to stay is named instead. */
function deprecationOf(
  { group, versions }: CustomResourceDefinition['spec'],
  { name, deprecated, deprecationWarning }: CustomResourceDefinitionVersion,
  kind: string,
) {
  if (deprecated !== true) return {};
  const instead = versions.find((other) => other.served && other.deprecated !== true && other.name !== name);
  const advice = instead === undefined ? '' : `; use ${group}/${instead.name} ${kind}`;
  return { deprecation: deprecationWarning ?? `${group}/${name} ${kind} is deprecated${advice}` };
}

function withoutMetadata(object: KubeObject, withoutStatus: boolean): Json {
  const { metadata: _metadata, ...rest } = object as unknown as Json;
  if (!withoutStatus) return rest;
  const { status: _status, ...spec } = rest;
  return spec;
}

/** Every version of an object is the same but for its apiVersion, and what one version does not know is not in it (conversion None). */
function storedAs(storage: Kind, apiVersion: string, structural: StructuralSchema): StoredAs<KubeObject> {
  return {
    kind: storage,
    fromStored: (stored) => {
      const { value } = structural.prune({ ...stored } as unknown as Json);
      return { ...(structural.withDefaults(value) as unknown as KubeObject), apiVersion };
    },
    toStored: (object) => ({ ...object, apiVersion: apiVersionOf(storage) }),
  };
}

function selectableFieldsOf({ selectableFields = [] }: CustomResourceDefinitionVersion) {
  const fields = selectableFields.map(({ jsonPath }): [string, FieldGetter<KubeObject>] => {
    const path = parseJsonPath(jsonPath);
    return [jsonPath.replace(/^\./, ''), (object) => textOf(path?.(object))];
  });
  return Object.fromEntries(fields);
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
