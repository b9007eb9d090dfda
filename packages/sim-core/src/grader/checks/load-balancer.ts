import type { Service } from '../../api/core-v1/service.ts';
import { type Expectation, readExpectation } from '../assert/expectation.ts';
import { fits } from '../assert/fit.ts';
import { describeExpectation } from '../assert/operators.ts';
import { spellObject } from '../binding/binding.ts';
import { readSelector, rolesOf, type Selector } from '../binding/selector.ts';
import { isAnswer } from '../target/target.ts';
import { ask } from './ask.ts';
import type { CheckContext } from './context.ts';
import { defineCheck } from './define-check.ts';
import { notYet, passed } from './finding.ts';
import { describeSelector, selected } from './select.ts';
import { addressOf, describeAnswer } from './send.ts';

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
  async run({ select, address, within, status, total }, context) {
    const [service] = ((await selected(select, context)) as Service[]).sort(balancedFirst);
    if (service === undefined) return notYet(`there is no ${describeSelector(select)}`, { found: 0 });
    const evidence = { service: spellObject(service), loadBalancers: await countBalancers(context) };
    const place = { place: { object: service, path: ['spec', 'type'] } };
    if (total !== undefined && !fits(evidence.loadBalancers, total)) {
      const message = `${evidence.loadBalancers} load balancers run, and each one costs; expected ${describeExpectation(total)}`;
      return notYet(message, evidence, place);
    }
    if (address && service.spec.type !== 'LoadBalancer') {
      const message = `${spellObject(service)} is of type ${service.spec.type ?? 'ClusterIP'}: nobody asks the cloud for a load balancer`;
      return notYet(message, evidence, place);
    }
    const ready = await addressWithin(service, within, context);
    if (!address && ready !== undefined) return notYet(`${spellObject(service)} has a load balancer`, evidence, place);
    if (!address) return passed(`${spellObject(service)} has no load balancer`, evidence);
    if (ready === undefined)
      return notYet(`${spellObject(service)} has no address after ${within / 1000} s`, evidence, place);
    const at = addressOf(ready);
    if (status === undefined)
      return passed(`${spellObject(service)} has the address ${at.balancer}`, { ...evidence, ...at });
    const answer = await ask(context.target, {
      method: 'GET',
      path: '/',
      scheme: 'http',
      host: at.balancer,
      headers: [],
      ...at,
    });
    const got = isAnswer(answer) ? answer.status : undefined;
    if (fits(got, status)) return passed(`${at.balancer}:${at.port} answers ${got}`, { ...evidence, ...at });
    const message = `${at.balancer}:${at.port} answers ${describeAnswer(answer)}, expected ${describeExpectation(status)}`;
    return notYet(message, { ...evidence, ...at }, place);
  },
});

/** A Service of the cluster's inside may stand beside the one that is published. */
function balancedFirst(a: Service, b: Service): number {
  return Number(b.spec.type === 'LoadBalancer') - Number(a.spec.type === 'LoadBalancer');
}

const PAUSE = 1_000;

/** The Service once it has an address. */
async function addressWithin(service: Service, within: number, context: CheckContext): Promise<Service | undefined> {
  const end = context.target.now() + within;
  const isSame = ({ metadata }: Service) =>
    metadata.name === service.metadata.name && metadata.namespace === service.metadata.namespace;
  for (;;) {
    const found = (await context.objects.all('services')).find(isSame);
    if ((found?.status?.loadBalancer?.ingress ?? []).length > 0) return found;
    if (context.target.now() + PAUSE > end) return undefined;
    await context.target.wait(PAUSE);
    context.objects.forget();
  }
}

/** Every one in the cluster: that of the ingress controller is paid for too. */
async function countBalancers({ objects }: CheckContext): Promise<number> {
  return (await objects.all('services')).filter(({ spec }) => spec.type === 'LoadBalancer').length;
}
