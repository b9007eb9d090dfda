import { effectiveWeightTotal } from '../canary-policy.ts';
import type { NginxConfiguration, Upstream } from '../configuration.ts';
import type { TrafficShapingPolicy } from '../directives.ts';
import { type Block, block, type Conf, comment } from './conf.ts';

/** `upstream … { }`, with what Lua does beside it. */
export function printUpstream(upstream: Upstream, configuration: NginxConfiguration): Block {
  const { name, endpoints, alternativeBackends } = upstream;
  const servers = endpoints.map(
    ({ address, port, pod }) => `server ${address}:${port};${pod === undefined ? '' : ` # ${pod}`}`,
  );
  return block(`upstream ${name}`, [
    comment(`lua: ${balancing(upstream)}`),
    ...alternativeBackends.flatMap((alternative, index) => printAlternative(alternative, index, configuration)),
    ...(servers.length > 0 ? servers : ['# no endpoints: requests are answered 503', 'server 0.0.0.1; # placeholder']),
  ]);
}

function balancing({ directives, sessionAffinity }: Upstream): string {
  if (sessionAffinity !== undefined)
    return `cookie ${sessionAffinity.cookie.name} keeps a client at its pod (${sessionAffinity.mode})`;
  return directives.hashBy === ''
    ? `load_balance = ${directives.loadBalance}`
    : `the hash of ${directives.hashBy} chooses the pod`;
}

/** The canary policy stands where it acts: at the main upstream. Only the first alternative is ever asked. */
function printAlternative(name: string, index: number, { upstreams }: NginxConfiguration): Conf[] {
  const alternative = upstreams.find((upstream) => upstream.name === name);
  if (index > 0) return [comment(`lua: alternative ${name} is never asked: only the first is`)];
  if (alternative?.trafficShaping === undefined)
    return [comment(`lua: alternative ${name} has no policy: never asked`)];
  const { namespace = '', ingress = '' } = alternative.canary ?? {};
  return [
    comment(`lua: alternative ${name} (canary ${namespace}/${ingress})`),
    ...printPolicy(alternative.trafficShaping).map((rule, step) => comment(`lua:   ${step + 1}. ${rule}`)),
  ];
}

/** Rules in the order in which the balancer asks them. */
function printPolicy({
  header,
  headerValue,
  headerPattern,
  cookie,
  weight,
  weightTotal,
}: TrafficShapingPolicy): string[] {
  const rules: string[] = [];
  if (header !== '' && headerValue !== '') rules.push(`header ${header} is "${headerValue}"`);
  else if (header !== '' && headerPattern !== '') rules.push(`header ${header} matches "${headerPattern}"`);
  else if (header !== '') rules.push(`header ${header}: always, never`);
  if (cookie !== '') rules.push(`cookie ${cookie}: always, never`);
  return [...rules, `weight ${weight} of ${effectiveWeightTotal(weightTotal)}`];
}
