import type { StorageClass } from './storage-class.ts';

const IS_DEFAULT = Object.freeze([
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
]);

/** The class of claims that name none: of several default ones the newest, then the alphabetically first (pkg/volume/util GetDefaultClass). */
export function defaultStorageClass(classes: readonly StorageClass[]): StorageClass | undefined {
  return classes.filter(isDefaultClass).sort(newestFirst)[0];
}

/** Whether claims that name no class get this one. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return IS_DEFAULT.some((annotation) => metadata.annotations?.[annotation] === 'true');
}

function newestFirst(a: StorageClass, b: StorageClass): number {
  const [createdA = '', createdB = ''] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp];
  if (createdA !== createdB) return createdA < createdB ? 1 : -1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
}
