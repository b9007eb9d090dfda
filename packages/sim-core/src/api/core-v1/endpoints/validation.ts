import { type FieldError, required } from '../../../apimachinery/field-error.ts';
import { isValidPortNum } from '../../../apimachinery/validation/values.ts';
import {
  check,
  checkEnum,
  checkIP,
  checkLabel,
  checkNonSpecialIP,
  checkSubdomain,
  PORT_PROTOCOLS,
} from '../../checks.ts';
import type { EndpointAddress, EndpointSubset, Endpoints } from '../endpoints.ts';

/** pkg/apis/core/validation/validation.go ValidateEndpoints */
export function validateEndpoints({ subsets = [] }: Endpoints): FieldError[] {
  return subsets.flatMap((subset, i) => validateSubset(subset, `subsets[${i}]`));
}

function validateSubset(
  { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset,
  path: string,
): FieldError[] {
  const empty = addresses.length + notReadyAddresses.length === 0;
  return [
    ...(empty ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...addresses.flatMap((address, i) => validateAddress(address, `${path}.addresses[${i}]`)),
    ...notReadyAddresses.flatMap((address, i) => validateAddress(address, `${path}.notReadyAddresses[${i}]`)),
    ...ports.flatMap((port, i) => validatePort(port, ports.length > 1, `${path}.ports[${i}]`)),
  ];
}

function validateAddress({ ip = '', hostname, nodeName }: EndpointAddress, path: string): FieldError[] {
  const wrong = checkIP(`${path}.ip`, ip);
  return [
    ...wrong,
    ...(hostname ? checkLabel(`${path}.hostname`, hostname) : []),
    ...(nodeName === undefined ? [] : checkSubdomain(`${path}.nodeName`, nodeName)),
    ...(wrong.length > 0 ? [] : checkNonSpecialIP(`${path}.ip`, ip)),
  ];
}

function validatePort(
  { name, port = 0, protocol }: NonNullable<EndpointSubset['ports']>[number],
  needsName: boolean,
  path: string,
): FieldError[] {
  return [
    ...(name ? checkLabel(`${path}.name`, name) : needsName ? [required(`${path}.name`)] : []),
    ...check(`${path}.port`, port, isValidPortNum(port)),
    ...checkEnum(`${path}.protocol`, protocol, PORT_PROTOCOLS),
  ];
}
