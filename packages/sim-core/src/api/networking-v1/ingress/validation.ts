import { type FieldError, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { GoLiteral } from '../../../apimachinery/go-syntax.ts';
import { ipFamilyOf } from '../../../apimachinery/ip.ts';
import {
  isDNS1035Label,
  isDNS1123Subdomain,
  isWildcardDNS1123Subdomain,
} from '../../../apimachinery/validation/names.ts';
import { isValidPortName, isValidPortNum } from '../../../apimachinery/validation/values.ts';
import { check, checkSubdomain, isPathSegmentName } from '../../checks.ts';
import type { Ingress, IngressBackend, IngressPath, IngressRule, IngressSpec } from '../ingress.ts';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
const PATH_TYPES: readonly string[] = Object.freeze(['Exact', 'ImplementationSpecific', 'Prefix']);
const INVALID_SEQUENCES: readonly string[] = Object.freeze(['//', '/./', '/../', '%2f', '%2F']);
const INVALID_SUFFIXES: readonly string[] = Object.freeze(['/..', '/.']);

/** pkg/apis/networking/validation/validation.go ValidateIngressSpec */
export function validateIngress({ spec }: Ingress): FieldError[] {
  const { rules = [], defaultBackend, ingressClassName } = spec;
  const nothing = rules.length === 0 && defaultBackend === undefined;
  return [
    ...(nothing
      ? [
          invalid(
            'spec',
            new GoLiteral('[]networking.IngressRule(nil)'),
            'either `defaultBackend` or `rules` must be specified',
          ),
        ]
      : []),
    ...(defaultBackend ? validateBackend(defaultBackend, 'spec.defaultBackend') : []),
    ...rules.flatMap((rule, i) => validateRule(rule, `spec.rules[${i}]`)),
    ...validateTls(spec.tls ?? [], 'spec.tls'),
    ...(ingressClassName === undefined ? [] : checkSubdomain('spec.ingressClassName', ingressClassName)),
  ];
}

/** What only creation looks at: the old annotation and the field must not disagree (`ValidateIngressCreate`). */
export function validateIngressCreate({ metadata, spec }: Ingress): FieldError[] {
  const annotation = metadata.annotations?.[CLASS_ANNOTATION];
  const { ingressClassName } = spec;
  if (annotation === undefined || ingressClassName === undefined || annotation === ingressClassName) return [];
  const message = 'must match `ingressClassName` when both are specified';
  return [invalid(`annotations.${CLASS_ANNOTATION}`, annotation, message)];
}

function validateTls(tls: NonNullable<IngressSpec['tls']>, path: string): FieldError[] {
  return tls.flatMap(({ hosts = [], secretName }, i) => [
    ...hosts.flatMap((host, j) => checkHost(`${path}[${i}].hosts[${j}]`, host)),
    ...(secretName ? checkSubdomain(`${path}[${i}].secretName`, secretName) : []),
  ]);
}

function checkHost(path: string, host: string): FieldError[] {
  return check(path, host, host.includes('*') ? isWildcardDNS1123Subdomain(host) : isDNS1123Subdomain(host));
}

function validateRule({ host, http }: IngressRule, path: string): FieldError[] {
  const address = host !== undefined && ipFamilyOf(host) !== undefined;
  const errors = address ? [invalid(`${path}.host`, host, 'must be a DNS name, not an IP address')] : [];
  if (host) errors.push(...checkHost(`${path}.host`, host));
  if (http === undefined) return errors;
  const paths = http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  return [...errors, ...paths.flatMap((each, i) => validatePath(each, `${path}.http.paths[${i}]`))];
}

/** `validateHTTPIngressPath` */
function validatePath({ path: target = '', pathType, backend }: IngressPath, path: string): FieldError[] {
  if (pathType === undefined) return [required(`${path}.pathType`, 'pathType must be specified')];
  return [...validateTarget(target, pathType, path), ...validateBackend(backend ?? {}, `${path}.backend`)];
}

function validateTarget(target: string, pathType: string, path: string): FieldError[] {
  const field = `${path}.path`;
  if (!PATH_TYPES.includes(pathType)) return [notSupported(`${path}.pathType`, pathType, PATH_TYPES)];
  const relative = target.startsWith('/') ? [] : [invalid(field, target, 'must be an absolute path')];
  if (pathType === 'ImplementationSpecific') return target === '' ? [] : relative;
  const sequences = INVALID_SEQUENCES.filter((each) => target.includes(each));
  const suffixes = INVALID_SUFFIXES.filter((each) => target.endsWith(each));
  return [
    ...relative,
    ...sequences.map((each) => invalid(field, target, `must not contain '${each}'`)),
    ...suffixes.map((each) => invalid(field, target, `cannot end with '${each}'`)),
  ];
}

/** `validateIngressBackend` */
function validateBackend({ service, resource }: IngressBackend, path: string): FieldError[] {
  if (service && resource) return [invalid(path, '', 'cannot set both resource and service backends')];
  if (resource) return validateReference(resource, `${path}.resource`);
  if (!service) return [invalid(path, '', 'resource or service backend is required')];
  const { name, port } = service;
  const field = `${path}.service.name`;
  return [
    ...(name ? check(field, name, isDNS1035Label(name)) : [required(field)]),
    ...validateBackendPort(port ?? {}, path),
  ];
}

function validateBackendPort({ name, number }: { name?: string; number?: number }, path: string): FieldError[] {
  if (name && number) return [invalid(path, '', 'cannot set both port name & port number')];
  if (name) return check(`${path}.service.port.name`, name, isValidPortName(name));
  if (number) return check(`${path}.service.port.number`, number, isValidPortNum(number));
  return [required(path, 'port name or number is required')];
}

/** A typed reference to another object (`validateIngressTypedLocalObjectReference`). */
export function validateReference(
  { apiGroup, kind, name }: { apiGroup?: string; kind?: string; name?: string },
  path: string,
): FieldError[] {
  return [
    ...(apiGroup === undefined ? [] : checkSubdomain(`${path}.apiGroup`, apiGroup)),
    ...(kind ? check(`${path}.kind`, kind, isPathSegmentName(kind)) : [required(`${path}.kind`)]),
    ...(name ? check(`${path}.name`, name, isPathSegmentName(name)) : [required(`${path}.name`)]),
  ];
}
