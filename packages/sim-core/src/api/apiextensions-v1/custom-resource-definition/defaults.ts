import type { CustomResourceDefinition } from '../custom-resource-definition.ts';

/** pkg/apis/apiextensions/v1/defaults.go SetDefaults_CustomResourceDefinition */
export function setDefaults(definition: CustomResourceDefinition): void {
  const { spec } = definition;
  const names = spec.names ?? { plural: '', kind: '' };
  const kind = names.kind ?? '';
  definition.spec = {
    ...spec,
    names: {
      ...names,
      singular: names.singular || kind.toLowerCase(),
      ...(kind !== '' || names.listKind ? { listKind: names.listKind || `${kind}List` } : {}),
    },
    conversion: spec.conversion ?? { strategy: 'None' },
  };
  // False is what it is when nothing is said.
  if (definition.spec.preserveUnknownFields === false) delete definition.spec.preserveUnknownFields;
}

/** The status of a definition, which remembers every version in which objects were ever stored. */
export function withStoredVersion(
  { spec }: CustomResourceDefinition,
  status: NonNullable<CustomResourceDefinition['status']>,
): NonNullable<CustomResourceDefinition['status']> {
  const { storedVersions = [] } = status;
  const storage = (spec.versions ?? []).filter((version) => version.storage).map(({ name }) => name);
  const added = storage.filter((name) => !storedVersions.includes(name));
  const { acceptedNames = { kind: '', plural: '' }, ...rest } = status;
  return { ...rest, acceptedNames, storedVersions: [...storedVersions, ...added] };
}
