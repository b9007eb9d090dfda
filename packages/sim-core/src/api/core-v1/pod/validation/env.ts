import { type FieldError, invalid, notSupported, required } from '../../../../apimachinery/field-error.ts';
import { isConfigMapKey, isQualifiedName, isRelaxedEnvVarName } from '../../../../apimachinery/validation/names.ts';
import { check, checkSubdomain } from '../../../checks.ts';
import type { EnvFromSource, EnvVar } from '../container.ts';
import { validateResourceFieldRef } from './resource-field-ref.ts';

/** Fields that `fieldRef` may name in the environment, sorted. */
const ENV_FIELDS: readonly string[] = Object.freeze([
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]);

/** Every field that the downward API knows; volumes may name others of them than the environment. */
const DOWNWARD_FIELDS: readonly string[] = Object.freeze([
  ...ENV_FIELDS,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

/** `ValidateEnv` */
export function validateEnv(variables: readonly EnvVar[], path: string): FieldError[] {
  return variables.flatMap(({ name, value, valueFrom }, i) => [
    ...(name ? check(`${path}[${i}].name`, name, isRelaxedEnvVarName(name)) : [required(`${path}[${i}].name`)]),
    ...(valueFrom ? validateValueFrom(valueFrom, value, `${path}[${i}].valueFrom`) : []),
  ]);
}

/** `ValidateEnvFrom`; where it says that a source is missing, upstream names the list, not the item. */
export function validateEnvFrom(sources: readonly EnvFromSource[], path: string): FieldError[] {
  return sources.flatMap(({ prefix, configMapRef, secretRef }, i) => {
    const errors = prefix ? check(`${path}[${i}].prefix`, prefix, isRelaxedEnvVarName(prefix)) : [];
    if (configMapRef) errors.push(...checkName(`${path}[${i}].configMapRef.name`, configMapRef.name));
    if (secretRef) errors.push(...checkName(`${path}[${i}].secretRef.name`, secretRef.name));
    if (!configMapRef && !secretRef)
      errors.push(invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`'));
    if (configMapRef && secretRef)
      errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
    return errors;
  });
}

function checkName(path: string, name: string | undefined): FieldError[] {
  return name ? checkSubdomain(path, name) : [required(path)];
}

function validateValueFrom(
  from: NonNullable<EnvVar['valueFrom']>,
  value: string | undefined,
  path: string,
): FieldError[] {
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = from;
  const errors = [
    ...(fieldRef ? validateFieldRef(fieldRef, ENV_FIELDS, `${path}.fieldRef`) : []),
    ...(resourceFieldRef ? validateResourceFieldRef(resourceFieldRef, `${path}.resourceFieldRef`, false) : []),
    ...(configMapKeyRef ? validateKeyRef(configMapKeyRef, `${path}.configMapKeyRef`) : []),
    ...(secretKeyRef ? validateKeyRef(secretKeyRef, `${path}.secretKeyRef`) : []),
  ];
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter((source) => source).length;
  const one = 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`';
  if (sources === 0) errors.push(invalid(path, '', one));
  else if (value) errors.push(invalid(path, '', 'may not be specified when `value` is not empty'));
  else if (sources > 1) errors.push(invalid(path, '', 'may not have more than one field specified at a time'));
  return errors;
}

function validateKeyRef({ name = '', key }: { name?: string; key: string }, path: string): FieldError[] {
  const keyErrors = key ? check(`${path}.key`, key, isConfigMapKey(key)) : [required(`${path}.key`)];
  return [...checkSubdomain(`${path}.name`, name), ...keyErrors];
}

/** `validateObjectFieldSelector`; @param allowed fields that may be named here, sorted */
export function validateFieldRef(
  { apiVersion, fieldPath }: { fieldPath: string; apiVersion?: string },
  allowed: readonly string[],
  path: string,
): FieldError[] {
  if (!apiVersion) return [required(`${path}.apiVersion`)];
  if (!fieldPath) return [required(`${path}.fieldPath`)];
  const [, map = '', key] = /^(metadata\.(?:annotations|labels))\['(.*)'\]$/.exec(fieldPath) ?? [];
  if (key !== undefined)
    return check(path, key, isQualifiedName(map === 'metadata.annotations' ? key.toLowerCase() : key));
  if (!DOWNWARD_FIELDS.includes(fieldPath)) {
    const reason = /\['.*'\]$/.test(fieldPath) ? 'does not support subscript' : 'not supported';
    const message = `error converting fieldPath: field label ${reason}: ${fieldPath}`;
    return [invalid(`${path}.fieldPath`, fieldPath, message)];
  }
  return allowed.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, allowed)];
}
