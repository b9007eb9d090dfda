import { type FieldError, forbidden, invalid, required } from '../../../../apimachinery/field-error.ts';
import { isHTTPHeaderName } from '../../../../apimachinery/validation/names.ts';
import { check, checkEnum, checkNonNegative, checkPort } from '../../../checks.ts';
import type { Container, HTTPGetAction, LifecycleHandler, Probe } from '../container.ts';

/** What a probe or a hook does: exactly one of these. */
type Handler = Pick<Probe, 'exec' | 'httpGet' | 'tcpSocket' | 'grpc'> & Pick<LifecycleHandler, 'sleep'>;

const HTTP_SCHEMES: readonly string[] = Object.freeze(['HTTP', 'HTTPS']);

/** The probes and hooks of a container that may have them. */
export function validateProbesAndHooks(
  container: Container,
  gracePeriod: number | undefined,
  path: string,
): FieldError[] {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  return [
    ...(lifecycle?.postStart ? validateHandler(lifecycle.postStart, gracePeriod, `${path}.lifecycle.postStart`) : []),
    ...(lifecycle?.preStop ? validateHandler(lifecycle.preStop, gracePeriod, `${path}.lifecycle.preStop`) : []),
    ...(livenessProbe ? validateOneSuccessProbe(livenessProbe, gracePeriod, `${path}.livenessProbe`) : []),
    ...(readinessProbe ? validateReadinessProbe(readinessProbe, gracePeriod, `${path}.readinessProbe`) : []),
    ...(startupProbe ? validateOneSuccessProbe(startupProbe, gracePeriod, `${path}.startupProbe`) : []),
  ];
}

function validateOneSuccessProbe(probe: Probe, gracePeriod: number | undefined, path: string): FieldError[] {
  const errors = validateProbe(probe, gracePeriod, path);
  if (probe.successThreshold !== 1)
    errors.push(invalid(`${path}.successThreshold`, probe.successThreshold, 'must be 1'));
  return errors;
}

function validateReadinessProbe(probe: Probe, gracePeriod: number | undefined, path: string): FieldError[] {
  const errors = validateProbe(probe, gracePeriod, path);
  const { terminationGracePeriodSeconds: grace } = probe;
  if (grace !== undefined) {
    errors.push(invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must not be set for readinessProbes'));
  }
  return errors;
}

function validateProbe(probe: Probe, gracePeriod: number | undefined, path: string): FieldError[] {
  const { terminationGracePeriodSeconds: grace } = probe;
  return [
    ...validateHandler(probe, gracePeriod, path),
    ...checkNonNegative(`${path}.initialDelaySeconds`, probe.initialDelaySeconds),
    ...checkNonNegative(`${path}.timeoutSeconds`, probe.timeoutSeconds),
    ...checkNonNegative(`${path}.periodSeconds`, probe.periodSeconds),
    ...checkNonNegative(`${path}.successThreshold`, probe.successThreshold),
    ...checkNonNegative(`${path}.failureThreshold`, probe.failureThreshold),
    ...(grace !== undefined && grace <= 0
      ? [invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0')]
      : []),
  ];
}

/** `validateHandler`: the first handler is looked into, further ones are forbidden. */
function validateHandler(handler: Handler, gracePeriod: number | undefined, path: string): FieldError[] {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given: [string, () => FieldError[]][] = [];
  if (exec) given.push(['exec', () => ((exec.command ?? []).length > 0 ? [] : [required(`${path}.exec.command`)])]);
  if (httpGet) given.push(['httpGet', () => validateHttpGet(httpGet, `${path}.httpGet`)]);
  if (tcpSocket) given.push(['tcpSocket', () => checkPort(`${path}.tcpSocket.port`, tcpSocket.port)]);
  if (grpc) given.push(['grpc', () => checkPort(`${path}.grpc.port`, grpc.port)]);
  if (sleep) given.push(['sleep', () => validateSleep(sleep.seconds, gracePeriod, `${path}.sleep`)]);
  const [first, ...others] = given;
  if (first === undefined) return [required(path, 'must specify a handler type')];
  const more = others.map(([name]) => forbidden(`${path}.${name}`, 'may not specify more than 1 handler type'));
  return [...first[1](), ...more];
}

function validateHttpGet({ path: target, port, scheme, httpHeaders = [] }: HTTPGetAction, path: string): FieldError[] {
  return [
    ...(target ? [] : [required(`${path}.path`)]),
    ...checkPort(`${path}.port`, port),
    ...checkEnum(`${path}.scheme`, scheme, HTTP_SCHEMES),
    ...httpHeaders.flatMap(({ name = '' }) => check(`${path}.httpHeaders`, name, isHTTPHeaderName(name))),
  ];
}

function validateSleep(seconds: number, grace: number | undefined, path: string): FieldError[] {
  const gracePeriod = grace ?? 0;
  if (seconds >= 0 && seconds <= gracePeriod) return [];
  const message = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`;
  return [invalid(path, seconds, message)];
}
