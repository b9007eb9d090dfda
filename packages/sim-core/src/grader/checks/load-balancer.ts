import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';
import { defineCheck } from './define-check.ts';

/** What `loadBalancer` wants. */
export interface LoadBalancerSpec {
  /** The Service of type LoadBalancer. */
  readonly select: Selector;
  /** Whether it has to get an address; false: it must not. */
  readonly address: boolean;
  /** Milliseconds that it may take. */
  readonly within: number;
  /** Status of an answer on its first port. */
  readonly status?: Expectation;
  /** How many load balancers there may be in the cluster, that of the ingress controller included: each one costs. */
  readonly total?: Expectation;
}

/** A Service of type LoadBalancer: its address, and what there is to pay for. */
export const loadBalancer = defineCheck<LoadBalancerSpec>({
  name: 'loadBalancer',
  summary: 'A Service of type LoadBalancer gets its address in time and answers there; how many there are.',
  read(parent, field) {
    const reader = parent.object(field);
    reader.known(['select', 'expect']);
    const expect = reader.object('expect');
    expect.known(['address', 'within', 'status', 'total']);
    return {
      select: readSelector(reader, 'select', '$loadBalancer'),
      address: expect.flag('address', true),
      within: expect.duration('within', 60_000),
      ...(expect.has('status') && { status: readExpectation(expect, 'status') }),
      ...(expect.has('total') && { total: readExpectation(expect, 'total') }),
    };
  },
  title: () => 'Load balancer',
  roles: ({ select }) => rolesOf(select),
});
