import { type Amounts, parseAmounts } from '../../apimachinery/resource-list.ts';
import { podLimits, podRequests } from '../core-v1/pod/pod-resources.ts';
import type { Container, Pod, PodSpec } from '../core-v1/pod.ts';
import type { Evaluator, ScopeRequirement } from './evaluator.ts';
import { count } from './object-count.ts';

/** What a quota may limit of pods. */
const NAMES: readonly string[] = Object.freeze([
  'count/pods',
  'pods',
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
]);
/** What every container has to name when a quota counts it (validationSet). */
const EXPLICIT: readonly string[] = Object.freeze(
  ['cpu', 'memory'].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
);
const FOR_BOTH: readonly string[] = Object.freeze(['cpu', 'memory', 'ephemeral-storage']);

/**
 * Pods and what they ask for (pkg/quota/v1/evaluator/core/pods.go). Pods of one template share their containers, and what
 * was read of them.
 */
export function podsEvaluator(): Evaluator {
  const known = new WeakMap<readonly Container[], { initContainers: unknown; overhead: unknown; usage: Amounts }>();
  const usageOf = (spec: PodSpec): Amounts => {
    const { containers, initContainers, overhead } = spec;
    const read = known.get(containers);
    if (read !== undefined && read.initContainers === initContainers && read.overhead === overhead) return read.usage;
    const usage = { 'count/pods': count(1), ...computeUsage(podRequests(spec), podLimits(spec)) };
    if (Object.isFrozen(containers)) known.set(containers, { initContainers, overhead, usage });
    return usage;
  };
  return {
    handles: (operation) => operation === 'CREATE',
    matchingResources: (hard) => hard.filter(isOfPods),
    matchesScope: (scope, object) => matchesScope(scope, object as Pod),
    missing: (required, object) => missing(required, object as Pod),
    usage: (object) => (isOver(object as Pod) ? { 'count/pods': count(1) } : usageOf((object as Pod).spec)),
  };
}

function isOfPods(name: string): boolean {
  if (NAMES.includes(name) || /^(requests\.)?hugepages-/.test(name)) return true;
  return name.startsWith('requests.') && name.includes('/') && !name.includes('.storageclass.storage.k8s.io/');
}

/** A pod that has ended uses nothing any more (QuotaV1Pod). */
function isOver({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** podComputeUsageHelper */
function computeUsage(requests: Amounts, limits: Amounts): Amounts {
  const usage: Record<string, Amounts[string]> = { pods: count(1) };
  for (const [name, amount] of Object.entries(requests)) {
    if (FOR_BOTH.includes(name) || name.startsWith('hugepages-')) usage[name] = amount;
    usage[`requests.${name}`] = amount;
  }
  for (const [name, amount] of Object.entries(limits)) if (FOR_BOTH.includes(name)) usage[`limits.${name}`] = amount;
  return usage;
}

function missing(required: readonly string[], { spec }: Pod): string | undefined {
  const needed = required.filter((name) => EXPLICIT.includes(name)).sort();
  const lacking = needed.flatMap((name) => {
    const containers = [...spec.containers, ...(spec.initContainers ?? [])].filter((each) => !names(each).has(name));
    return containers.length === 0
      ? []
      : [
          `${name} for: ${containers
            .map((each) => each.name)
            .sort()
            .join(',')}`,
        ];
  });
  return lacking.length === 0 ? undefined : `must specify ${lacking.join('; ')}`;
}

function names({ resources = {} }: Container): Set<string> {
  return new Set(Object.keys(computeUsage(parseAmounts(resources.requests), parseAmounts(resources.limits))));
}

/** podMatchesScopeFunc */
function matchesScope({ scopeName, operator, values = [] }: ScopeRequirement, { spec, status }: Pod): boolean {
  switch (scopeName) {
    case 'Terminating':
      return (spec.activeDeadlineSeconds ?? -1) >= 0;
    case 'NotTerminating':
      return (spec.activeDeadlineSeconds ?? -1) < 0;
    case 'BestEffort':
      return isBestEffort(spec, status?.qosClass);
    case 'NotBestEffort':
      return !isBestEffort(spec, status?.qosClass);
    case 'PriorityClass':
      return matchesPriorityClass(spec.priorityClassName ?? '', operator, values);
    case 'CrossNamespacePodAffinity':
      return usesOtherNamespaces(spec);
    default:
      return false;
  }
}

function isBestEffort({ containers, initContainers = [] }: PodSpec, qosClass: string | undefined): boolean {
  if (qosClass !== undefined) return qosClass === 'BestEffort';
  const asks = ({ resources = {} }: Container) =>
    ['cpu', 'memory'].some(
      (name) => resources.requests?.[name] !== undefined || resources.limits?.[name] !== undefined,
    );
  return ![...containers, ...initContainers].some(asks);
}

function matchesPriorityClass(name: string, operator: string, values: readonly string[]): boolean {
  if (operator === 'Exists') return name !== '';
  if (operator === 'DoesNotExist') return name === '';
  return operator === 'NotIn' ? !values.includes(name) : values.includes(name);
}

function usesOtherNamespaces({ affinity = {} }: PodSpec): boolean {
  const terms = [affinity.podAffinity, affinity.podAntiAffinity].flatMap((each) => [
    ...(each?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(each?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ]);
  return terms.some(
    ({ namespaces = [], namespaceSelector }) => namespaces.length > 0 || namespaceSelector !== undefined,
  );
}
