/** List price of a kind of load balancer, in US dollars. */
export interface LoadBalancerPrice {
  readonly name: string;
  readonly region: string;
  /** For each load balancer and each hour or part of one that it exists, used or not. */
  readonly perHour: number;
  /** For each capacity unit (connections, bytes) used in an hour; traffic costs the same however many load balancers share it. */
  readonly perCapacityUnitHour: number;
  /** When the figures were current, year and month. */
  readonly asOf: string;
  readonly source: string;
}

/** Prices by the names that `--cloud` knows. */
export const PRICES = Object.freeze({
  'aws-nlb': Object.freeze<LoadBalancerPrice>({
    name: 'AWS Network Load Balancer',
    region: 'us-east-1',
    perHour: 0.0225,
    perCapacityUnitHour: 0.006,
    asOf: '2025-06',
    source: 'Elastic Load Balancing pricing, https://aws.amazon.com/elasticloadbalancing/pricing/',
  }),
});

export type CloudName = keyof typeof PRICES;

/** Hours that cloud bills count as a month (365 × 24 / 12). */
const HOURS_PER_MONTH = 730;

/** What a number of load balancers costs against one in front of an ingress controller. */
export interface MonthlyCost {
  readonly loadBalancers: number;
  /** US dollars a month for all of them, before traffic (capacity units, data transfer, public addresses). */
  readonly total: number;
  /** US dollars a month for a single one. */
  readonly one: number;
  /** US dollars a month saved by routing all of it through one ingress. */
  readonly saved: number;
  readonly price: LoadBalancerPrice;
}

/** Cost of `count` load balancers for a month, rounded to cents. */
export function monthlyCost(count: number, cloud: CloudName = 'aws-nlb'): MonthlyCost {
  const price = PRICES[cloud];
  const one = cents(price.perHour * HOURS_PER_MONTH);
  const total = cents(price.perHour * HOURS_PER_MONTH * count);
  return { loadBalancers: count, total, one, saved: count > 1 ? cents(total - one) : 0, price };
}

function cents(dollars: number): number {
  return Math.round(dollars * 100) / 100;
}
