import { formatQuantity, parseQuantity, quantityMilliValue } from '../../../../apimachinery/quantity.ts';
import type { Container, ContainerPort } from '../container.ts';

/** Amounts of which there are only whole ones: bytes. */
const BYTES = Object.freeze(['memory', 'ephemeral-storage'] as const);

/** @param containers with where each stands */
export function warnOfContainers(containers: readonly [Container, string][]): string[] {
  return [
    ...containers.flatMap(([container, path]) => [
      ...warnOfFractions(container, `${path}.resources`),
      ...warnOfHiddenVariables(container, `${path}.env`),
    ]),
    ...warnOfPorts(containers),
  ];
}

function warnOfFractions({ resources = {} }: Container, path: string): string[] {
  return BYTES.flatMap((name) =>
    (['limits', 'requests'] as const).flatMap((list) => {
      const amount = resources[list]?.[name];
      const quantity = amount === undefined ? undefined : parseQuantity(amount);
      if (quantity === undefined || quantityMilliValue(quantity) % 1000 === 0) return [];
      const value = formatQuantity(quantity);
      return [`${path}.${list}[${name}]: fractional byte value "${value}" is invalid, must be an integer`];
    }),
  );
}

/** A variable that is set again without using what it was. */
function warnOfHiddenVariables({ env = [] }: Container, path: string): string[] {
  return env.flatMap(({ name, value = '', valueFrom }, i) => {
    const again = env.findIndex((other) => other.name === name) < i;
    const before = `$(${name})`;
    const hidden = valueFrom !== undefined || value === before || !value.includes(before);
    if (!again || !hidden) return [];
    return [`${path}[${i}]: hides previous definition of "${name}", which may be dropped when using apply`];
  });
}

/** Ports of all containers that are the same, or could be. */
function warnOfPorts(containers: readonly [Container, string][]): string[] {
  const seen: { port: ContainerPort; path: string }[] = [];
  return containers.flatMap(([{ ports = [] }, path]) =>
    ports.flatMap((port, i) => {
      const own = `${path}.ports[${i}]`;
      const others = seen.filter(
        ({ port: other }) => other.containerPort === port.containerPort && other.protocol === port.protocol,
      );
      seen.push({ port, path: own });
      const conflicts = others.flatMap(({ port: other, path: where }) =>
        conflictOf(port, other).map((what) => `${own}: ${what} port definition with ${where}`),
      );
      return [
        ...(port.hostIP && !port.hostPort ? [`${own}: hostIP set without hostPort: ${goPort(port)}`] : []),
        ...conflicts,
      ];
    }),
  );
}

function conflictOf(port: ContainerPort, other: ContainerPort): string[] {
  const [ip, otherIP] = [port.hostIP ?? '', other.hostIP ?? ''];
  const [hostPort, otherPort] = [port.hostPort ?? 0, other.hostPort ?? 0];
  if (ip === otherIP && hostPort === otherPort) return ['duplicate'];
  if (hostPort === 0 || otherPort === 0) return ['overlapping'];
  return hostPort === otherPort && (ip === '') !== (otherIP === '') ? ['dangerously ambiguous'] : [];
}

/** A port as Go's `%+v` prints it. */
function goPort({ name = '', hostPort = 0, containerPort, protocol = 'TCP', hostIP = '' }: ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
