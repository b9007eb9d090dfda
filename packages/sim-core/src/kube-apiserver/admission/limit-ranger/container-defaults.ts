import type { LimitRange } from '../../../api/core-v1/limit-range.ts';
import type { Container, Pod } from '../../../api/core-v1/pod.ts';

/** Where the API server says what it filled in. */
const ANNOTATION = 'kubernetes.io/limit-ranger';

type List = Record<string, string>;

/** Gives containers the requests and limits that they do not name themselves (mergePodResourceRequirements). */
export function setContainerDefaults(pod: Pod, { spec }: LimitRange): void {
  const items = (spec?.limits ?? []).filter(({ type }) => type === 'Container');
  const limits: List = Object.assign({}, ...items.map((item) => item.default));
  const requests: List = Object.assign({}, ...items.map((item) => item.defaultRequest));
  const said: string[] = [];
  const complete = (prefix: string) => (container: Container) => {
    const own = container.resources ?? {};
    const missingRequests = missing(requests, own.requests);
    const missingLimits = missing(limits, own.limits);
    if (missingRequests.length > 0) said.push(`${missingRequests.join(', ')} request for ${prefix} ${container.name}`);
    if (missingLimits.length > 0) said.push(`${missingLimits.join(', ')} limit for ${prefix} ${container.name}`);
    if (missingRequests.length + missingLimits.length === 0) return container;
    const resources = { ...own, limits: { ...limits, ...own.limits }, requests: { ...requests, ...own.requests } };
    return { ...container, resources };
  };
  const containers = pod.spec.containers.map(complete('container'));
  const initContainers = pod.spec.initContainers?.map(complete('init container'));
  if (said.length === 0) return;
  pod.spec.containers = containers;
  if (initContainers !== undefined) pod.spec.initContainers = initContainers;
  const text = `LimitRanger plugin set: ${said.join('; ')}`;
  pod.metadata.annotations = { ...pod.metadata.annotations, [ANNOTATION]: text };
}

function missing(defaults: List, own: List | undefined): string[] {
  return Object.keys(defaults)
    .filter((name) => own?.[name] === undefined)
    .sort();
}
