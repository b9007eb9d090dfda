import {
  duplicate,
  type FieldError,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../../../apimachinery/field-error.ts';
import { parseQuantity } from '../../../../apimachinery/quantity.ts';
import { checkLabel } from '../../../checks.ts';
import type { Volume } from '../pod-spec.ts';
import { validateProjectedVolume } from './projected-volume.ts';
import {
  checkMode,
  checkNoBacksteps,
  needs,
  type Source,
  validateDownwardFile,
  validateKeyToPath,
} from './volume-files.ts';

const HOST_PATH_TYPES: readonly string[] = Object.freeze([
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
]);

/** What each kind of volume needs; kinds without a row are taken as they are. */
const SOURCES: Readonly<Record<string, (source: Source, path: string) => FieldError[]>> = Object.freeze({
  emptyDir: validateEmptyDir,
  hostPath: validateHostPath,
  secret: (source, path) => [...needs(source, path, 'secretName'), ...validateItems(source, path)],
  nfs: validateNfs,
  persistentVolumeClaim: (source, path) => needs(source, path, 'claimName'),
  downwardAPI: (source, path) => [
    ...checkMode(`${path}.defaultMode`, source.defaultMode),
    ...((source.items ?? []) as Source[]).flatMap((item) => validateDownwardFile(item, path)),
  ],
  configMap: (source, path) => [...needs(source, path, 'name'), ...validateItems(source, path)],
  projected: validateProjectedVolume,
  csi: (source, path) => needs(source, path, 'driver'),
  ephemeral: (source, path) => needs(source, path, 'volumeClaimTemplate'),
  image: () => [],
});

/** `ValidateVolumes`; @returns the errors and the volumes without any, which mounts may name */
export function validateVolumes(
  volumes: readonly Volume[],
  path: string,
): { errors: FieldError[]; valid: Map<string, Volume> } {
  const valid = new Map<string, Volume>();
  const errors = volumes.flatMap((volume, i) => {
    const found = validateVolume(volume, `${path}[${i}]`);
    if (volume.name && valid.has(volume.name)) found.push(duplicate(`${path}[${i}].name`, volume.name));
    if (found.length === 0) valid.set(volume.name, volume);
    return found;
  });
  return { errors, valid };
}

function validateVolume(volume: Volume, path: string): FieldError[] {
  const [first, ...others] = Object.keys(volume).filter((key) => key !== 'name' && volume[key] != null);
  const source =
    first === undefined ? [required(path, 'must specify a volume type')] : validateSource(volume, first, path);
  const more = others.map((key) => forbidden(`${path}.${key}`, 'may not specify more than 1 volume type'));
  const name = volume.name ? checkLabel(`${path}.name`, volume.name) : [required(`${path}.name`)];
  return [...source, ...more, ...name];
}

function validateSource(volume: Volume, key: string, path: string): FieldError[] {
  return SOURCES[key]?.(volume[key] as Source, `${path}.${key}`) ?? [];
}

function validateEmptyDir({ sizeLimit }: Source, path: string): FieldError[] {
  const negative = typeof sizeLimit === 'string' && parseQuantity(sizeLimit).nanos < 0n;
  return negative ? [forbidden(`${path}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')] : [];
}

export function validateHostPath(source: Source, path: string): FieldError[] {
  if (!source.path) return [required(`${path}.path`)];
  const type = String(source.type ?? '');
  const known = HOST_PATH_TYPES.includes(type);
  return [
    ...checkNoBacksteps(`${path}.path`, String(source.path)),
    ...(known ? [] : [notSupported(`${path}.type`, type, HOST_PATH_TYPES)]),
  ];
}

export function validateNfs(source: Source, path: string): FieldError[] {
  const target = String(source.path ?? '');
  const absolute = target.startsWith('/') ? [] : [invalid(`${path}.path`, target, 'must be an absolute path')];
  return [...needs(source, path, 'server', 'path'), ...absolute];
}

function validateItems(source: Source, path: string): FieldError[] {
  const items = (source.items ?? []) as Source[];
  return [
    ...checkMode(`${path}.defaultMode`, source.defaultMode),
    ...items.flatMap((item, i) => validateKeyToPath(item, `${path}.items[${i}]`)),
  ];
}
