import { type FieldError, invalid, notSupported, required, tooLong } from '../../../../apimachinery/field-error.ts';
import { byteLength } from '../../../../apimachinery/validation/messages.ts';
import type { AppArmorProfile } from '../pod-spec.ts';

const TYPES: readonly string[] = Object.freeze(['Localhost', 'RuntimeDefault', 'Unconfined']);
/** PATH_MAX without its end. */
const MAX_LENGTH = 4095;

/** `ValidateAppArmorProfileField` */
export function validateAppArmorProfile(profile: AppArmorProfile | undefined, path: string): FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile } = profile;
  const field = `${path}.localhostProfile`;
  if (!type) return [required(`${path}.type`, 'type is required when appArmorProfile is set')];
  if (!TYPES.includes(type)) return [notSupported(`${path}.type`, type, TYPES)];
  if (type === 'Localhost') return validateLocalhostProfile(localhostProfile, field);
  if (localhostProfile === undefined) return [];
  return [invalid(field, localhostProfile, 'can only be set when AppArmor type is Localhost')];
}

function validateLocalhostProfile(profile: string | undefined, path: string): FieldError[] {
  const missing = required(path, 'must be set when AppArmor type is Localhost');
  if (profile === undefined) return [missing];
  const errors: FieldError[] = [];
  if (profile.trim() !== profile) errors.push(invalid(path, profile, 'must not be padded with whitespace'));
  else if (profile === '') errors.push(missing);
  return byteLength(profile) > MAX_LENGTH ? [...errors, tooLong(path, '', MAX_LENGTH)] : errors;
}
