import { type Amounts, addAmounts, maxAmounts, parseAmounts } from '../../../apimachinery/resource-list.ts';
import type { Container } from './container.ts';
import type { PodSpec } from './pod-spec.ts';

/** What a pod asks for: its containers and sidecars together, or an init container that needs more (component-helpers resource.PodRequests). */
export function podRequests(spec: PodSpec): Amounts {
  return addAmounts(podAmounts(spec, 'requests'), parseAmounts(spec.overhead));
}

/** What a pod may use at most, as far as limits are set (component-helpers resource.PodLimits). */
export function podLimits(spec: PodSpec): Amounts {
  const limits = podAmounts(spec, 'limits');
  const overhead = Object.entries(parseAmounts(spec.overhead)).filter(([name]) => name in limits);
  return addAmounts(limits, Object.fromEntries(overhead));
}

function podAmounts({ containers, initContainers = [] }: PodSpec, which: 'requests' | 'limits'): Amounts {
  const of = ({ resources }: Container): Amounts => parseAmounts(resources?.[which]);
  let together = containers.reduce((sum: Amounts, container) => addAmounts(sum, of(container)), {});
  let sidecars: Amounts = {};
  let starting: Amounts = {};
  for (const container of initContainers) {
    const own = of(container);
    if (container.restartPolicy === 'Always') {
      together = addAmounts(together, own);
      sidecars = addAmounts(sidecars, own);
      starting = maxAmounts(starting, sidecars);
    } else {
      starting = maxAmounts(starting, addAmounts(own, sidecars));
    }
  }
  return maxAmounts(together, starting);
}
