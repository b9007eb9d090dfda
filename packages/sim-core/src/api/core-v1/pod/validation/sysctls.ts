import { duplicate, type FieldError, invalid, required } from '../../../../apimachinery/field-error.ts';
import type { PodSpec } from '../pod-spec.ts';

const SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const NAME = `^(${SEGMENT}[\\./])*${SEGMENT}$`;
const NAME_PATTERN = new RegExp(NAME);
const MAX_LENGTH = 253;
/** Those that a pod has of its own, unless it uses the host's (k8s.io/component-helpers/node/util/sysctl). */
const OF_IPC = /^(kernel[./](sem|shm|msg)|fs[./]mqueue[./])/;
const OF_NETWORK = /^net[./]/;

/** `validateSysctls` */
export function validateSysctls(
  sysctls: readonly { name?: string }[],
  { hostNetwork, hostIPC }: PodSpec,
  path: string,
): FieldError[] {
  return sysctls.flatMap(({ name = '' }, i) => {
    const own = `${path}[${i}].name`;
    const repeated = sysctls.slice(0, i).some((other) => other.name === name);
    return [
      ...(name === '' ? [required(own)] : validateName(name, repeated, own)),
      ...(hostNetwork === true && OF_NETWORK.test(name)
        ? [invalid(own, name, "may not be specified when 'hostNetwork' is true")]
        : []),
      ...(hostIPC === true && OF_IPC.test(name)
        ? [invalid(own, name, "may not be specified when 'hostIPC' is true")]
        : []),
    ];
  });
}

function validateName(name: string, repeated: boolean, path: string): FieldError[] {
  if (name.length > MAX_LENGTH || !NAME_PATTERN.test(name)) {
    return [invalid(path, name, `must have at most ${MAX_LENGTH} characters and match regex ${NAME}`)];
  }
  return repeated ? [duplicate(path, name)] : [];
}
