import type { SplitRow, WireDeployment, WireIngress, WireLoadBalancer, WireObject, WireService } from '../wire.ts';
import { type LessonFacts, notYet, type Objective, passed, type Verdict } from './lesson.ts';

/** Draws that a share is judged by, however long it takes (the anytime-valid test needs them to say anything). */
const ENOUGH_DRAWS = 2000;

type Of<K extends WireObject['kind']> = Extract<WireObject, { kind: K }>;

export function all<K extends WireObject['kind']>({ objects }: LessonFacts, kind: K): Of<K>[] {
  return objects.filter((object): object is Of<K> => object.kind === kind);
}

export function service(facts: LessonFacts, name: string): WireService | undefined {
  return all(facts, 'Service').find((one) => one.namespace === 'default' && one.name === name);
}

export function ingress(facts: LessonFacts, name: string): WireIngress | undefined {
  return all(facts, 'Ingress').find((one) => one.namespace === 'default' && one.name === name);
}

export function deployment(facts: LessonFacts, name: string): WireDeployment | undefined {
  return all(facts, 'Deployment').find((one) => one.namespace === 'default' && one.name === name);
}

export function balancers(facts: LessonFacts): WireLoadBalancer[] {
  return all(facts, 'LoadBalancer');
}

/** The load balancer before the ingress controller has its address. */
export function ingressAddress(facts: LessonFacts): Verdict {
  const balancer = balancers(facts).find((one) => one.ingress);
  if (!balancer) return notYet('No load balancer stands before an ingress controller.');
  if (balancer.state === 'ready') return passed(`EXTERNAL-IP is ${balancer.hostname}`);
  return notYet(`EXTERNAL-IP is <pending>: ${balancer.reason}`);
}

/** Where most lessons begin. */
export const ADDRESS: Objective = Object.freeze({
  id: 'address',
  title: 'The load balancer has an address',
  hints: ['Wait for it: a few seconds here, minutes on AWS.'],
  check: ingressAddress,
});

/** A Service has so many ready endpoints. */
export function readyEndpoints(facts: LessonFacts, name: string, wanted: number): Verdict {
  const ready = service(facts, name)?.endpoints.filter((one) => one.ready && !one.terminating).length;
  if (ready === undefined) return notYet(`There is no Service ${name}.`);
  return ready >= wanted
    ? passed(`${name} has ${ready} ready endpoints`)
    : notYet(`${name} has ${ready} of ${wanted} ready endpoints.`, { done: ready, of: wanted });
}

/** The weight of the canary, as it is configured. */
export function canaryWeight({ split }: LessonFacts, wanted: number): Verdict {
  const [row] = split;
  if (!row) return notYet('No canary Ingress is served beside a main one of the same host and path.');
  if (row.weight === wanted) return passed(`canary-weight is ${wanted}`);
  return notYet(`canary-weight is ${row.weight}, not ${wanted}.`);
}

/** The share that was really measured since the routing changed last. */
export function measuredShare({ split }: LessonFacts): Verdict {
  const [row] = split;
  if (!row) return notYet('Nothing is measured without a canary.');
  const { n, verdict } = row;
  if (verdict === 'not consistent') return notYet(`${shareOf(row)}: that is not the configured share.`);
  if (n < ENOUGH_DRAWS) return notYet(`${n} of ${ENOUGH_DRAWS} weight draws so far.`, { done: n, of: ENOUGH_DRAWS });
  return passed(shareOf(row));
}

function shareOf({ canary, n, weight, weightTotal }: SplitRow): string {
  return `${canary} of ${n} draws went to the canary, ${weight} of ${weightTotal} configured`;
}

/** A request would reach a Service. */
export async function reaches(
  facts: LessonFacts,
  wanted: string,
  { path = '/', headers = {} }: { path?: string; headers?: Record<string, string> } = {},
): Promise<Verdict> {
  const { service: reached, status } = await facts.route(path, headers);
  const name = reached.slice(reached.indexOf('/') + 1);
  const request = [`GET ${path}`, ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`)].join(' with ');
  if (name === wanted && status < 500) return passed(`${request} reaches ${wanted}`);
  return notYet(`${request} ${name === '' ? `is answered ${status}` : `reaches ${name}`}.`);
}
