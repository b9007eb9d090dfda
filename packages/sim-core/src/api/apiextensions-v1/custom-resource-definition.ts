import type { Condition } from '../../apimachinery/condition.ts';
import { defineKind } from '../../apimachinery/kind.ts';
import type { ObjectMeta } from '../../apimachinery/object-meta.ts';
import type { JsonSchema } from '../../apimachinery/structural-schema/json-schema.ts';
import { CREATED_AT, NAME } from '../columns.ts';
import { setDefaults, withStoredVersion } from './custom-resource-definition/defaults.ts';
import { validateDefinition, validateDefinitionUpdate } from './custom-resource-definition/validation.ts';

/** spec.names */
export interface CustomResourceDefinitionNames {
  plural: string;
  singular?: string;
  shortNames?: string[];
  kind: string;
  listKind?: string;
  categories?: string[];
}

/** spec.versions[].additionalPrinterColumns[] */
export interface CustomResourceColumnDefinition {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

/** spec.versions[] */
export interface CustomResourceDefinitionVersion {
  name: string;
  served: boolean;
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  schema?: { openAPIV3Schema?: JsonSchema };
  subresources?: {
    status?: unknown;
    scale?: { specReplicasPath: string; statusReplicasPath: string; labelSelectorPath?: string };
  };
  additionalPrinterColumns?: CustomResourceColumnDefinition[];
  selectableFields?: { jsonPath: string }[];
}

/** spec.conversion */
export interface CustomResourceConversion {
  strategy: string;
  webhook?: { clientConfig?: unknown; conversionReviewVersions?: string[] };
}

/** apiextensions.k8s.io/v1 CustomResourceDefinition. */
export interface CustomResourceDefinition {
  apiVersion: 'apiextensions.k8s.io/v1';
  kind: 'CustomResourceDefinition';
  metadata: ObjectMeta;
  spec: {
    group: string;
    names: CustomResourceDefinitionNames;
    scope: string;
    versions: CustomResourceDefinitionVersion[];
    conversion?: CustomResourceConversion;
    preserveUnknownFields?: boolean;
  };
  status?: {
    acceptedNames?: Partial<CustomResourceDefinitionNames>;
    conditions?: Condition[];
    storedVersions?: string[];
  };
}

/** Takes the objects of a definition along when it goes. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

export const customResourceDefinitions = defineKind<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  hasStatus: true,
  needsResourceVersion: true,
  generationOf: ({ spec }) => spec,
  setDefaults,
  prepareForCreate: (definition) => {
    definition.status = withStoredVersion(definition, {});
  },
  prepareForUpdate: (definition, old) => {
    definition.status = withStoredVersion(definition, old.status ?? {});
  },
  validate: validateDefinition,
  validateUpdate: validateDefinitionUpdate,
  columns: [NAME, CREATED_AT],
});
