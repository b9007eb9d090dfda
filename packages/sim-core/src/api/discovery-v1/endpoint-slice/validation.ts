import {
  duplicate,
  type FieldError,
  invalid,
  notSupported,
  required,
  tooMany,
} from '../../../apimachinery/field-error.ts';
import { ipFamilyOf } from '../../../apimachinery/ip.ts';
import { isDNS1123Label } from '../../../apimachinery/validation/names.ts';
import {
  check,
  checkEnum,
  checkImmutable,
  checkIP,
  checkLabel,
  checkNonSpecialIP,
  checkQualifiedName,
  checkSubdomain,
  PORT_PROTOCOLS,
} from '../../checks.ts';
import type { Endpoint, EndpointPort, EndpointSlice } from '../endpoint-slice.ts';

const MAX_ENDPOINTS = 1000;
const MAX_PORTS = 20_000;
const MAX_ADDRESSES = 100;
const ADDRESS_TYPES: readonly string[] = Object.freeze(['FQDN', 'IPv4', 'IPv6']);

/** pkg/apis/discovery/validation/validation.go ValidateEndpointSlice */
export function validateEndpointSlice({ addressType, endpoints, ports }: EndpointSlice): FieldError[] {
  return [
    ...checkEnum('addressType', addressType, ADDRESS_TYPES),
    ...validateEndpoints(endpoints ?? [], addressType, 'endpoints'),
    ...validatePorts(ports ?? [], 'ports'),
  ];
}

/** `ValidateEndpointSliceUpdate` */
export function validateEndpointSliceUpdate({ addressType }: EndpointSlice, old: EndpointSlice): FieldError[] {
  return checkImmutable('addressType', addressType, old.addressType);
}

function validateEndpoints(endpoints: readonly Endpoint[], addressType: string, path: string): FieldError[] {
  if (endpoints.length > MAX_ENDPOINTS) return [tooMany(path, endpoints.length, MAX_ENDPOINTS)];
  return endpoints.flatMap((endpoint, i) => validateEndpoint(endpoint, addressType, `${path}[${i}]`));
}

function validateEndpoint(
  { addresses, hostname, nodeName }: Endpoint,
  addressType: string,
  path: string,
): FieldError[] {
  return [
    ...validateAddresses(addresses ?? [], addressType, `${path}.addresses`),
    ...(nodeName === undefined ? [] : checkSubdomain(`${path}.nodeName`, nodeName)),
    ...(hostname === undefined ? [] : check(`${path}.hostname`, hostname, isDNS1123Label(hostname))),
  ];
}

function validateAddresses(addresses: readonly string[], addressType: string, path: string): FieldError[] {
  if (addresses.length === 0) return [required(path, 'must contain at least 1 address')];
  if (addresses.length > MAX_ADDRESSES) return [tooMany(path, addresses.length, MAX_ADDRESSES)];
  return addresses.flatMap((address, i) => validateAddress(address, addressType, `${path}[${i}]`));
}

function validateAddress(address: string, addressType: string, path: string): FieldError[] {
  if (addressType === 'FQDN') return checkSubdomain(path, address);
  if (addressType !== 'IPv4' && addressType !== 'IPv6') return [];
  const errors = checkIP(path, address);
  if (errors.length > 0) return errors;
  const wrong =
    ipFamilyOf(address) === addressType ? [] : [invalid(path, address, `must be an ${addressType} address`)];
  return [...wrong, ...checkNonSpecialIP(path, address)];
}

function validatePorts(ports: readonly EndpointPort[], path: string): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany(path, ports.length, MAX_PORTS)];
  const names = new Set<string>();
  return ports.flatMap(({ name = '', protocol = '', appProtocol }, i) => {
    const errors = name ? checkLabel(`${path}[${i}].name`, name) : [];
    if (names.has(name)) errors.push(duplicate(`${path}[${i}].name`, name));
    names.add(name);
    if (!protocol) errors.push(required(`${path}[${i}].protocol`));
    else if (!PORT_PROTOCOLS.includes(protocol))
      errors.push(notSupported(`${path}[${i}].protocol`, protocol, PORT_PROTOCOLS));
    return appProtocol === undefined
      ? errors
      : [...errors, ...checkQualifiedName(`${path}[${i}].appProtocol`, appProtocol)];
  });
}
