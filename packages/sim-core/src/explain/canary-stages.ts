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

/** A session cookie keeps the client where it was, before anything else is asked. */
const AFFINITY: Stage = Object.freeze({
  name: 'affinity',
  annotation: 'affinity',
  decided: true,
  says: 'a session cookie keeps this client where it was',
});

/** Header, cookie, weight: the first that says something decides (rootfs/etc/nginx/lua/balancer.lua). */
export function canaryStages(
  record: DecisionRecord,
  policy: TrafficShapingPolicy,
  headers: readonly string[] | undefined,
): Stage[] {
  const stages: Stage[] = [
    ...(record.canary === 'affinity' ? [AFFINITY] : []),
    headerStage(record, policy, headers),
    cookieStage(record, policy, headers),
    weightStage(record, policy),
  ];
  const decider = stages.findIndex(({ decided }) => decided);
  return stages.map((stage, index) =>
    decider >= 0 && index > decider ? { ...stage, says: 'not asked any more' } : stage,
  );
}

function headerStage(
  record: DecisionRecord,
  policy: TrafficShapingPolicy,
  headers: readonly string[] | undefined,
): Stage {
  const { header, headerValue, headerPattern } = policy;
  const annotation =
    headerValue !== ''
      ? 'canary-by-header-value'
      : headerPattern !== ''
        ? 'canary-by-header-pattern'
        : 'canary-by-header';
  const stage = { name: 'header' as const, annotation, decided: BY_HEADER.has(record.canary) };
  if (header === '') return { ...stage, says: 'no header is asked for' };
  if (stage.decided) return { ...stage, says: decidedByHeader(record, policy) };
  const seen =
    headers === undefined
      ? record.canaryInput
      : httpVariable(headers, header.toLowerCase().replaceAll('-', '_'), new HeaderNames(false));
  if (seen === undefined) return { ...stage, says: `the request has no header ${header}` };
  const wanted =
    headerValue !== ''
      ? `only "${headerValue}" counts`
      : headerPattern !== ''
        ? `it does not fit ${headerPattern}`
        : 'only "always" and "never" mean something';
  const name = headers === undefined && policy.cookie !== '' ? 'header or cookie' : `header ${header}`;
  return { ...stage, says: `${name} says "${seen}", but ${wanted}` };
}

function decidedByHeader(
  { canary, canaryInput, toCanary }: DecisionRecord,
  { header, headerPattern }: TrafficShapingPolicy,
): string {
  const where = toCanary ? 'to the canary' : 'to the main Service';
  if (canary === 'header-pattern-error')
    return `the pattern ${headerPattern} does not compile, so every request with header ${header} goes ${where}`;
  if (canary === 'header-pattern')
    return `header ${header} says "${canaryInput}", which fits ${headerPattern}: ${where}`;
  return `header ${header} says "${canaryInput}": ${where}`;
}

function cookieStage(
  record: DecisionRecord,
  { cookie }: TrafficShapingPolicy,
  headers: readonly string[] | undefined,
): Stage {
  const stage = { name: 'cookie' as const, annotation: 'canary-by-cookie', decided: record.canary === 'cookie' };
  if (cookie === '') return { ...stage, says: 'no cookie is asked for' };
  if (stage.decided)
    return {
      ...stage,
      says: `cookie ${cookie} says "${record.canaryInput}": ${record.toCanary ? 'to the canary' : 'to the main Service'}`,
    };
  const seen = headers === undefined ? record.canaryInput : cookieVariable(headers, cookie.toLowerCase());
  if (seen === undefined) return { ...stage, says: `the request has no cookie ${cookie}` };
  return { ...stage, says: `cookie ${cookie}: "${seen}" decides nothing, only "always" and "never" do` };
}

function weightStage({ canary, draw, drawTotal, weight }: DecisionRecord, policy: TrafficShapingPolicy): Stage {
  const stage = { name: 'weight' as const, annotation: 'canary-weight', decided: canary === 'weight' };
  if (!stage.decided) return { ...stage, says: `${policy.weight} of ${effectiveWeightTotal(policy.weightTotal)}` };
  return { ...stage, says: draw === 0 ? chances(weight, drawTotal) : drawn(draw, weight, drawTotal) };
}

function drawn(draw: number, weight: number, total: number): string {
  const side = draw <= weight ? 'to the canary' : 'to the main Service';
  if (weight <= 0) return `the weight is ${weight}: never to the canary`;
  if (weight >= total) return `the weight is ${weight} of ${total}: always to the canary`;
  return `drew ${draw} of ${total}, and up to ${weight} is the canary's: ${side}`;
}

function chances(weight: number, total: number): string {
  if (weight <= 0) return `the weight is ${weight}: never to the canary`;
  if (weight >= total) return `the weight is ${weight} of ${total}: always to the canary`;
  return `would draw 1 to ${total}: up to ${weight} to the canary (${percent(weight, total)}), else to the main Service`;
}

/** `5 %`, `0.5 %`. */
export function percent(part: number, total: number): string {
  return `${Number(((part / total) * 100).toPrecision(3))} %`;
}
