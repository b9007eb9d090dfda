import { compareQuantities, parseQuantity } from '../../../apimachinery/quantity.ts';
import type { Container, PodSpec } from '../pod.ts';

const COUNTED = ['cpu', 'memory'] as const;

/** The quality of service class of a pod (pkg/apis/core/v1/helper/qos/qos.go `ComputePodQOS`). */
export function qosClassOf({ containers, initContainers = [] }: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const all = [...containers, ...initContainers];
  if (all.every(asksNothing)) return 'BestEffort';
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

function asksNothing({ resources }: Container): boolean {
  return COUNTED.every((name) => !isPositive(resources?.requests?.[name]) && !isPositive(resources?.limits?.[name]));
}

function isGuaranteed({ resources }: Container): boolean {
  return COUNTED.every((name) => {
    const limit = resources?.limits?.[name];
    const request = resources?.requests?.[name] ?? limit;
    return (
      isPositive(limit) && isPositive(request) && compareQuantities(parseQuantity(limit), parseQuantity(request)) === 0
    );
  });
}

function isPositive(quantity: string | undefined): quantity is string {
  return quantity !== undefined && parseQuantity(quantity).nanos > 0n;
}
