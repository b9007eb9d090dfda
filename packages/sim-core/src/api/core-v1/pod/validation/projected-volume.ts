import { type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { checkLocalPath, checkMode, type Source, validateDownwardFile, validateKeyToPath } from './volume-files.ts';

const TEN_MINUTES = 600;

/** `validateProjectedVolumeSource`: several sources in one folder, so no path may come twice. */
export function validateProjectedVolume(volume: Source, path: string): FieldError[] {
  const taken = new Set<string>();
  const claim = (item: Source, owner: unknown): FieldError[] => {
    const target = String(item.path ?? '');
    if (target === '') return [];
    if (taken.has(target)) return [invalid(path, owner ?? target, 'conflicting duplicate paths')];
    taken.add(target);
    return [];
  };
  const sources = (volume.sources ?? []) as Source[];
  return [
    ...checkMode(`${path}.defaultMode`, volume.defaultMode),
    ...sources.flatMap((source, i) => validateProjection(source, path, `${path}.sources[${i}]`, claim)),
  ];
}

function validateProjection(
  source: Source,
  path: string,
  own: string,
  claim: (item: Source, owner?: unknown) => FieldError[],
): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source as Record<string, Source | undefined>;
  const errors: FieldError[] = [];
  if (secret) errors.push(...validateKeys(secret, `${own}.secret`, claim));
  if (configMap) errors.push(...validateKeys(configMap, `${own}.configMap`, claim));
  for (const file of itemsOf(downwardAPI)) {
    errors.push(...validateDownwardFile(file, `${own}.downwardAPI`), ...claim(file));
  }
  if (serviceAccountToken) errors.push(...validateToken(serviceAccountToken, path, `${own}.serviceAccountToken`));
  const given = Object.values(source).filter((value) => value != null).length;
  return given > 1 ? [...errors, forbidden(own, 'may not specify more than 1 volume type')] : errors;
}

function validateKeys(
  source: Source,
  path: string,
  claim: (item: Source, owner?: unknown) => FieldError[],
): FieldError[] {
  const name = source.name ? [] : [required(`${path}.name`)];
  const items = itemsOf(source).flatMap((item, i) => [
    ...validateKeyToPath(item, `${path}.items[${i}]`),
    ...claim(item, source.name),
  ]);
  return [...name, ...items];
}

function validateToken({ expirationSeconds, path: target }: Source, path: string, own: string): FieldError[] {
  const seconds = Number(expirationSeconds);
  const field = `${own}.expirationSeconds`;
  return [
    ...(seconds < TEN_MINUTES ? [invalid(field, seconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(seconds > 2 ** 32 ? [invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...(target ? checkLocalPath(`${path}.path`, String(target)) : [required(`${path}.path`)]),
  ];
}

function itemsOf(source: Source | undefined): Source[] {
  return (source?.items ?? []) as Source[];
}
