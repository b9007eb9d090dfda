import { type FieldError, invalid, required } from '../../../../apimachinery/field-error.ts';
import { validateFieldRef } from './env.ts';
import { validateResourceFieldRef } from './resource-field-ref.ts';

/** One source of a volume, whichever. */
export type Source = Record<string, unknown>;

const VOLUME_FIELDS: readonly string[] = Object.freeze([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]);

/** The fields that a source may not leave empty. */
export function needs(source: Source, path: string, ...fields: string[]): FieldError[] {
  return fields.filter((field) => !source[field]).map((field) => required(`${path}.${field}`));
}

/** `validateKeyToPath` */
export function validateKeyToPath(item: Source, path: string): FieldError[] {
  return [
    ...needs(item, path, 'key', 'path'),
    ...checkLocalPath(`${path}.path`, String(item.path ?? '')),
    ...checkMode(`${path}.mode`, item.mode),
  ];
}

/** `validateDownwardAPIVolumeFile`; upstream names the list, not the item. */
export function validateDownwardFile(file: Source, path: string): FieldError[] {
  const { fieldRef, resourceFieldRef } = file as {
    fieldRef?: { fieldPath: string };
    resourceFieldRef?: { resource: string };
  };
  const errors = [...needs(file, path, 'path'), ...checkLocalPath(`${path}.path`, String(file.path ?? ''))];
  if (fieldRef) errors.push(...validateFieldRef(fieldRef, VOLUME_FIELDS, `${path}.fieldRef`));
  else if (resourceFieldRef)
    errors.push(...validateResourceFieldRef(resourceFieldRef, `${path}.resourceFieldRef`, true));
  else errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
  const both = 'fieldRef and resourceFieldRef can not be specified simultaneously';
  if (fieldRef && resourceFieldRef) errors.push(invalid(path, 'resource', both));
  return [...errors, ...checkMode(`${path}.mode`, file.mode)];
}

/** File modes are octal 0 to 0777. */
export function checkMode(path: string, mode: unknown): FieldError[] {
  if (typeof mode !== 'number' || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}

/** A path that stays below where it starts (`ValidateLocalNonReservedPath`). */
export function checkLocalPath(path: string, target: string): FieldError[] {
  const errors = checkDescendingPath(path, target);
  const reserved = target.startsWith('..') && !target.startsWith('../') && target !== '..';
  return reserved ? [...errors, invalid(path, target, "must not start with '..'")] : errors;
}

/** `validateLocalDescendingPath` */
export function checkDescendingPath(path: string, target: string): FieldError[] {
  const absolute = target.startsWith('/') ? [invalid(path, target, 'must be a relative path')] : [];
  return [...absolute, ...checkNoBacksteps(path, target)];
}

/** `validatePathNoBacksteps` */
export function checkNoBacksteps(path: string, target: string): FieldError[] {
  return target.split('/').includes('..') ? [invalid(path, target, "must not contain '..'")] : [];
}
