import { effectiveWeightTotal } from '../ingress-nginx/nginx/canary-policy.ts';
import type { CanaryDecision, DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { TrafficShapingPolicy } from '../ingress-nginx/nginx/directives.ts';
import { HeaderNames } from '../ingress-nginx/nginx/header-names.ts';
import { cookieVariable, httpVariable } from '../ingress-nginx/nginx/variables.ts';

/** What one stage of the canary decision saw, in the order in which the balancer asks. */
export interface Stage {
  readonly name: 'affinity' | 'header' | 'cookie' | 'weight';
  /** Annotation that the stage goes by, without prefix. */
  readonly annotation: string;
  readonly decided: boolean;
  /** In words. */
  readonly says: string;
}

const BY_HEADER: ReadonlySet<CanaryDecision> = new Set([
  'header',
  'header-value',
  'header-pattern',
  'header-pattern-error',
]);

const MAIN = 'to the main Service';
const CANARY = 'to the canary';

/**
 * Header, cookie, weight: the first that says something decides (rootfs/etc/nginx/lua/balancer.lua). Stages that the
 * canary has no annotation for are left out.
 */
export function canaryStages(record: DecisionRecord, policy: TrafficShapingPolicy): Stage[] {
  const stages = [
    ...(record.canary === 'affinity' ? [affinityStage(record)] : []),
    ...(policy.header === '' ? [] : [headerStage(record, policy)]),
    ...(policy.cookie === '' ? [] : [cookieStage(record, policy)]),
    weightStage(record, policy),
  ];
  const decider = stages.findIndex(({ decided }) => decided);
  return stages.map((stage, index) =>
    decider >= 0 && index > decider ? { ...stage, says: 'not asked any more' } : stage,
  );
}

/** A session cookie keeps the client where it was, before anything else is asked. */
function affinityStage({ toCanary }: DecisionRecord): Stage {
  const says = `the session cookie keeps this client where it was, before header, cookie and weight are asked: ${toCanary ? CANARY : MAIN}`;
  return { name: 'affinity', annotation: 'affinity', decided: true, says };
}

function headerStage(record: DecisionRecord, policy: TrafficShapingPolicy): Stage {
  const { header, headerValue, headerPattern } = policy;
  const annotation =
    headerValue !== ''
      ? 'canary-by-header-value'
      : headerPattern !== ''
        ? 'canary-by-header-pattern'
        : 'canary-by-header';
  const stage = { name: 'header' as const, annotation, decided: BY_HEADER.has(record.canary) };
  if (stage.decided) return { ...stage, says: decidedByHeader(record, policy) };
  const seen = httpVariable(record.headers, header.toLowerCase().replaceAll('-', '_'), new HeaderNames(false));
  if (seen === undefined) return { ...stage, says: `the request has no header ${header}` };
  const never = seen === 'never' || seen === 'always' ? `, and "${seen}" means nothing then` : '';
  const wanted =
    headerValue !== ''
      ? `only "${headerValue}" counts${never}`
      : headerPattern !== ''
        ? `it does not fit ${headerPattern}${never}`
        : 'only "always" and "never" mean something';
  return { ...stage, says: `header ${header} says "${seen}", but ${wanted}` };
}

function decidedByHeader(
  { canary, canaryInput, toCanary }: DecisionRecord,
  { header, headerPattern }: TrafficShapingPolicy,
): string {
  const where = toCanary ? CANARY : MAIN;
  if (canary === 'header-pattern-error')
    return `the pattern ${headerPattern} does not compile, so every request with header ${header} goes ${where}`;
  if (canary === 'header-pattern')
    return `header ${header} says "${canaryInput}", which fits ${headerPattern}: ${where}`;
  return `header ${header} says "${canaryInput}": ${where}`;
}

function cookieStage(record: DecisionRecord, { cookie }: TrafficShapingPolicy): Stage {
  const stage = { name: 'cookie' as const, annotation: 'canary-by-cookie', decided: record.canary === 'cookie' };
  const where = record.toCanary ? CANARY : MAIN;
  if (stage.decided) return { ...stage, says: `cookie ${cookie} says "${record.canaryInput}": ${where}` };
  const seen = cookieVariable(record.headers, cookie.toLowerCase());
  if (seen === undefined) return { ...stage, says: `the request has no cookie ${cookie}` };
  return { ...stage, says: `cookie ${cookie} says "${seen}", but only "always" and "never" mean something` };
}

function weightStage({ canary, draw, drawTotal, weight }: DecisionRecord, policy: TrafficShapingPolicy): Stage {
  const stage = { name: 'weight' as const, annotation: 'canary-weight', decided: canary === 'weight' };
  if (!stage.decided) return { ...stage, says: `${policy.weight} of ${effectiveWeightTotal(policy.weightTotal)}` };
  return { ...stage, says: fixedWeight(weight, drawTotal) ?? drawn(draw, weight, drawTotal) };
}

/** A weight that leaves no choice. */
function fixedWeight(weight: number, total: number): string | undefined {
  if (weight <= 0) return `the weight is ${weight}: never ${CANARY}`;
  return weight >= total ? `the weight is ${weight} of ${total}: always ${CANARY}` : undefined;
}

function drawn(draw: number, weight: number, total: number): string {
  if (draw === 0)
    return `the weight draws 1 to ${total} for each request: up to ${weight} goes ${CANARY} (${percent(weight, total)}), the rest ${MAIN}`;
  return `drew ${draw} of ${total}, and up to ${weight} is the canary's: ${draw <= weight ? CANARY : MAIN}`;
}

/** `5 %`, `0.5 %`. */
export function percent(part: number, total: number): string {
  return `${Number(((part / total) * 100).toPrecision(3))} %`;
}
