import { isDNS1123Label } from '../../../apimachinery/validation/names.ts';
import type { Container } from './container.ts';
import type { PodSpec } from './pod-spec.ts';

/** What is odd about a pod without being wrong (pkg/api/pod/warnings.go); @param path where the spec stands */
export function warnOfPodSpec(spec: PodSpec, path: string): string[] {
  const { terminationGracePeriodSeconds: grace = 0, containers, initContainers = [] } = spec;
  const negative = `${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`;
  return [
    ...(grace < 0 ? [negative] : []),
    ...containers.flatMap((container, i) => warnOfContainer(container, `${path}.containers[${i}]`)),
    ...initContainers.flatMap((container, i) => warnOfContainer(container, `${path}.initContainers[${i}]`)),
  ];
}

/** The name of what makes pods becomes part of host names; @param use what it is used in */
export function warnOfName(name: string, use: string): string[] {
  const messages = isDNS1123Label(name);
  if (messages.length === 0) return [];
  return [
    `metadata.name: this is used in ${use}, which can result in surprising behavior; a DNS label is recommended: [${messages.join(' ')}]`,
  ];
}

function warnOfContainer({ env = [], ports = [] }: Container, path: string): string[] {
  const hidden = env.flatMap(({ name }, i) => {
    const earlier = env.findIndex((other) => other.name === name);
    if (earlier === i) return [];
    return [`${path}.env[${i}]: hides previous definition of "${name}", which may be dropped when using apply`];
  });
  const repeated = ports.flatMap(({ containerPort, protocol }, i) => {
    const earlier = ports.findIndex((other) => other.containerPort === containerPort && other.protocol === protocol);
    return earlier === i ? [] : [`${path}.ports[${i}]: duplicate port definition with ${path}.ports[${earlier}]`];
  });
  return [...hidden, ...repeated];
}
