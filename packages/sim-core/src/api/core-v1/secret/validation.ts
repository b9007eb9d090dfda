import { type FieldError, invalid, required, tooLong } from '../../../apimachinery/field-error.ts';
import { JsonSyntaxError, scanJson } from '../../../apimachinery/json-scanner.ts';
import { isConfigMapKey } from '../../../apimachinery/validation/names.ts';
import { check } from '../../checks.ts';
import { MAX_DATA_SIZE } from '../config-map/validation.ts';
import type { Secret } from '../secret.ts';
import { decodeBase64 } from './data.ts';

const ACCOUNT_ANNOTATION = 'kubernetes.io/service-account.name';

/** pkg/apis/core/validation/validation.go ValidateSecret */
export function validateSecret(secret: Secret): FieldError[] {
  const entries = Object.entries(secret.data ?? {});
  // Four letters of base64 carry three bytes.
  const size = entries.reduce((sum, [, value]) => sum + Math.floor((value.replace(/[\s=]/g, '').length * 3) / 4), 0);
  return [
    ...entries.flatMap(([key]) => check(`data[${key}]`, key, isConfigMapKey(key))),
    ...(size > MAX_DATA_SIZE ? [tooLong('data', '', MAX_DATA_SIZE)] : []),
    ...validateType(secret),
  ];
}

function validateType({ type, data, metadata }: Secret): FieldError[] {
  const missing = (...keys: string[]): FieldError[] =>
    keys.filter((key) => data?.[key] === undefined).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return metadata.annotations?.[ACCOUNT_ANNOTATION]
        ? []
        : [required(`metadata.annotations[${ACCOUNT_ANNOTATION}]`)];
    case 'kubernetes.io/dockercfg':
      return validateJson('.dockercfg', data?.['.dockercfg']);
    case 'kubernetes.io/dockerconfigjson':
      return validateJson('.dockerconfigjson', data?.['.dockerconfigjson']);
    case 'kubernetes.io/basic-auth':
      return missing('username').length + missing('password').length === 2 ? missing('username', 'password') : [];
    case 'kubernetes.io/ssh-auth':
      return data?.['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return missing('tls.crt', 'tls.key');
    default:
      return [];
  }
}

function validateJson(key: string, value: string | undefined): FieldError[] {
  if (value === undefined) return [required(`data[${key}]`)];
  const problem = jsonProblem(decodeBase64(value));
  return problem === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', problem)];
}

/** What keeps a text from being a JSON object, in Go's words. */
function jsonProblem(text: string): string | undefined {
  try {
    scanJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  return `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
}
