import { type CloudName, monthlyCost } from '../cloud/prices.ts';
import type { CostLine } from '../wire.ts';

/** What the load balancers cost a month, against one in front of an ingress controller. */
export function costLine(count: number, cloud: CloudName): CostLine {
  const { total, one, saved, price } = monthlyCost(count, cloud);
  const what = `${count} ${price.name}${count === 1 ? '' : 's'} cost${count === 1 ? 's' : ''} $${total.toFixed(2)} a month before traffic`;
  return {
    loadBalancers: count,
    monthly: total,
    monthlyWithOneIngress: one,
    currency: 'USD',
    source: `${price.source}, ${price.region}, ${price.asOf}`,
    sentence: saved > 0 ? `${what}; one in front of an ingress would cost $${one.toFixed(2)}` : what,
  };
}
