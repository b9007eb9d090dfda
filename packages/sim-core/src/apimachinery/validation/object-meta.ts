import { type FieldError, forbidden, invalid, required, tooLong } from '../field-error.ts';
import { goStrings } from '../go-syntax.ts';
import { validateLabels } from '../label-selector.ts';
import type { ObjectMeta, OwnerReference } from '../object-meta.ts';
import { byteLength } from './messages.ts';
import { isDNS1123Label, isDNS1123Subdomain, isQualifiedName } from './names.ts';

/* Checks of metadata: k8s.io/apimachinery/pkg/api/validation/objectmeta.go. */

const ANNOTATIONS_MAX = 256 * 1024;

/** What a kind says of its names. */
export interface NamingRules {
  readonly namespaced: boolean;
  /** What is wrong with a name; absent: names are DNS subdomains. */
  validateName?(name: string): string[];
}

/** metadata of a new object whose name was generated already (`ValidateObjectMeta`). */
export function validateObjectMeta(meta: ObjectMeta, rules: NamingRules, path = 'metadata'): FieldError[] {
  return [...validateNames(meta, rules, path), ...validateNamespace(meta, rules, path), ...validateRest(meta, path)];
}

/** metadata of an update whose server-owned fields were reset already (`ValidateObjectMetaUpdate`). */
export function validateObjectMetaUpdate(meta: ObjectMeta, old: ObjectMeta, path = 'metadata'): FieldError[] {
  const added = (meta.finalizers ?? []).filter((finalizer) => !old.finalizers?.includes(finalizer)).sort();
  const late = `no new finalizers can be added if the object is being deleted, found new finalizers ${goStrings(added).text}`;
  const refused = old.deletionTimestamp !== undefined && added.length > 0;
  return [...(refused ? [forbidden(`${path}.finalizers`, late)] : []), ...validateRest(meta, path)];
}

/** Annotations at `path`: keys are qualified names in any case, all of them together are 256 KiB at most. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const errors = entries.flatMap(([key]) =>
    isQualifiedName(key.toLowerCase()).map((message) => invalid(path, key, message)),
  );
  const size = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  if (size > ANNOTATIONS_MAX) errors.push(tooLong(path, '', ANNOTATIONS_MAX));
  return errors;
}

function validateNames(
  meta: ObjectMeta,
  { validateName = isDNS1123Subdomain }: NamingRules,
  path: string,
): FieldError[] {
  const { name, generateName } = meta;
  // A prefix may end with the dash that separates it from what is generated.
  const prefix = generateName ? validateName(generateName.replace(/-$/, 'a')) : [];
  const errors = prefix.map((message) => invalid(`${path}.generateName`, generateName, message));
  if (!name) return [...errors, required(`${path}.name`, 'name or generateName is required')];
  return [...errors, ...validateName(name).map((message) => invalid(`${path}.name`, name, message))];
}

function validateNamespace({ namespace }: ObjectMeta, { namespaced }: NamingRules, path: string): FieldError[] {
  const field = `${path}.namespace`;
  if (!namespaced) return namespace ? [forbidden(field, 'not allowed on this type')] : [];
  return namespace ? isDNS1123Label(namespace).map((message) => invalid(field, namespace, message)) : [required(field)];
}

function validateRest(meta: ObjectMeta, path: string): FieldError[] {
  return [
    ...validateLabels(meta.labels, `${path}.labels`),
    ...validateAnnotations(meta.annotations, `${path}.annotations`),
    ...validateOwnerReferences(meta.ownerReferences ?? [], `${path}.ownerReferences`),
    ...validateFinalizers(meta.finalizers ?? [], `${path}.finalizers`),
  ];
}

function validateOwnerReferences(owners: readonly OwnerReference[], path: string): FieldError[] {
  const errors = owners.flatMap((owner) => validateOwnerReference(owner, path));
  const [first, ...others] = owners.filter((owner) => owner.controller === true);
  if (first === undefined) return errors;
  const name = ({ kind, name }: OwnerReference): string => `${kind}/${name}`;
  const message = (other: OwnerReference): string =>
    `Only one reference can have Controller set to true. Found "true" in references for ${name(first)} and ${name(other)}`;
  return [...errors, ...others.map((other) => invalid(path, owners, message(other)))];
}

function validateOwnerReference({ apiVersion, kind, name, uid }: OwnerReference, path: string): FieldError[] {
  const errors = apiVersion ? [] : [invalid(`${path}.apiVersion`, '', 'version must not be empty')];
  for (const [field, value] of Object.entries({ kind, name, uid })) {
    if (!value) errors.push(invalid(`${path}.${field}`, '', 'must not be empty'));
  }
  return errors;
}

function validateFinalizers(finalizers: readonly string[], path: string): FieldError[] {
  const errors = finalizers.flatMap((name) => isQualifiedName(name).map((message) => invalid(path, name, message)));
  const both = finalizers.includes('orphan') && finalizers.includes('foregroundDeletion');
  if (both) errors.push(invalid(path, finalizers, 'finalizer orphan and foregroundDeletion cannot be both set'));
  return errors;
}

const STANDARD_FINALIZERS: readonly string[] = Object.freeze(['kubernetes', 'orphan', 'foregroundDeletion']);

/** What Kubernetes' own kinds say of finalizers beyond: a domain in front, unless everybody knows them (`validateKubeFinalizerName`). */
export function validateKubeFinalizers({ finalizers = [] }: ObjectMeta, path = 'metadata'): FieldError[] {
  const message = 'name is neither a standard finalizer name nor is it fully qualified';
  return finalizers.flatMap((name, i) =>
    name.includes('/') || STANDARD_FINALIZERS.includes(name)
      ? []
      : [invalid(`${path}.finalizers[${i}]`, name, message)],
  );
}
