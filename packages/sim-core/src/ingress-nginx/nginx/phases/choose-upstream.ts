import { type Answer, NO_ENDPOINTS } from '../answer.ts';
import type { Balancer } from '../balancers/balancer.ts';
import type { CanaryPolicy } from '../canary-policy.ts';
import type { CanaryDecision } from '../decision-record.ts';
import type { RequestContext } from '../request-context.ts';
import { cookieVariable, httpVariable } from '../variables.ts';

/**
 * Main upstream or canary (rootfs/etc/nginx/lua/balancer.lua, rewrite and route_to_alternative_balancer). 503 where the
 * main upstream has no endpoints, whatever the canary has. Decided once: later tries stay with what was chosen.
 */
export function chooseUpstream(context: RequestContext): Answer | undefined {
  const { balancers } = context.running;
  const primary = balancers.get((context.location as NonNullable<RequestContext['location']>).location.backend);
  if (primary === undefined) return NO_ENDPOINTS;
  context.primary = primary;
  context.balancer = primary;
  const name = primary.upstream.alternativeBackends[0];
  if (name === undefined) return undefined;
  if (primary.isAffinitized(context)) {
    context.canary = 'affinity';
    return undefined;
  }
  const alternative = balancers.get(name);
  if (alternative?.policy === undefined) {
    context.canary = 'no-alternative';
    return undefined;
  }
  const bound = alternative.isAffinitized(context);
  if (bound) context.canary = 'affinity';
  else if (!toAlternative(context, primary, alternative.policy)) return undefined;
  context.toCanary = true;
  context.balancer = alternative;
  return undefined;
}

/** Header, then cookie, then weight: the first that says something decides. */
function toAlternative(context: RequestContext, primary: Balancer, policy: CanaryPolicy): boolean {
  return byHeader(context, policy) ?? byCookie(context, policy) ?? byWeight(context, primary, policy);
}

function byHeader(context: RequestContext, policy: CanaryPolicy): boolean | undefined {
  if (policy.header === '') return undefined;
  const value = httpVariable(context.request.headers, policy.header, context.running.names);
  if (value === undefined) return undefined;
  context.canaryInput = value;
  if (policy.headerValue !== '')
    return value === policy.headerValue ? decide(context, 'header-value', true) : undefined;
  if (policy.headerPattern === 'broken') return decide(context, 'header-pattern-error', false);
  if (policy.headerPattern !== undefined)
    return policy.headerPattern.test(value) ? decide(context, 'header-pattern', true) : undefined;
  return byWord(context, 'header', value);
}

function byCookie(context: RequestContext, policy: CanaryPolicy): boolean | undefined {
  if (policy.cookie === '') return undefined;
  const value = cookieVariable(context.request.headers, policy.cookie);
  if (value === undefined) return undefined;
  context.canaryInput = value;
  return byWord(context, 'cookie', value);
}

function byWord(context: RequestContext, kind: CanaryDecision, value: string): boolean | undefined {
  if (value === 'always') return decide(context, kind, true);
  if (value === 'never') return decide(context, kind, false);
  return undefined;
}

/** One uniform draw of 1 to the total for every request that comes this far; nothing else takes from the stream. */
function byWeight(context: RequestContext, primary: Balancer, policy: CanaryPolicy): boolean {
  context.drawTotal = policy.weightTotal;
  context.weight = policy.weight;
  if (context.hypothetical) return decide(context, 'weight', isDrawn(context));
  const origin = context.request.origin ?? 'client';
  const stream = primary.draws[origin] ?? context.running.drawStream(origin, primary.upstream.name);
  primary.draws[origin] = stream;
  context.draw = stream.integer(1, policy.weightTotal);
  return decide(context, 'weight', context.draw <= policy.weight);
}

/** A request that nobody sends draws nothing: what was drawn once is given, or the weight leaves no choice. */
function isDrawn({ draw, weight, drawTotal }: RequestContext): boolean {
  return draw === 0 ? weight >= drawTotal : draw <= weight;
}

function decide(context: RequestContext, kind: CanaryDecision, toCanary: boolean): boolean {
  context.canary = kind;
  return toCanary;
}
