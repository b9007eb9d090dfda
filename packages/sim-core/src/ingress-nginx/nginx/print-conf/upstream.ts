import { effectiveWeightTotal } from '../canary-policy.ts';
import type { Endpoint, NginxConfiguration, Upstream } from '../configuration.ts';
import type { SessionAffinity, SessionCookie, TrafficShapingPolicy, UpstreamDirectives } from '../directives.ts';
import { hasOnlyKnownVariables } from '../expression.ts';
import { type Block, block, type Conf, comment, quote, textOf } from './conf.ts';
import { from, type Printers, printDirectives } from './printer.ts';

/** How each directive of an upstream is printed; what Lua does as a comment. */
export const UPSTREAM: Printers<UpstreamDirectives, Upstream> = Object.freeze<Printers<UpstreamDirectives, Upstream>>({
  loadBalance: from('load-balance', (value, { directives, sessionAffinity }) =>
    directives.hashBy === '' && sessionAffinity === undefined ? [`# lua: load_balance = ${value}`] : [],
  ),
  hashBy: from('upstream-hash-by', (value, { sessionAffinity, directives }) => {
    if (value === '' || sessionAffinity !== undefined) return [];
    const isStock = !directives.hashBySubset && hasOnlyKnownVariables(value);
    return [isStock ? `hash ${quote(value)} consistent;` : comment(`lua: the hash of ${value} chooses the pod`)];
  }),
  hashBySubset: from(['upstream-hash-by-subset', 'upstream-hash-by-subset-size'], (on, { directives }) =>
    on ? [`# lua: that is, ${directives.hashBySubsetSize} pods, of which chance takes one`] : [],
  ),
  hashBySubsetSize: 'hashBySubset',
  serviceUpstream: from('service-upstream', (on) => (on ? ["# the Service's own address"] : [])),
});

/** How the rules of a canary are printed, in the order in which the balancer asks them. */
export const TRAFFIC_SHAPING: Printers<TrafficShapingPolicy, TrafficShapingPolicy> = Object.freeze<
  Printers<TrafficShapingPolicy, TrafficShapingPolicy>
>({
  header: from(['canary-by-header', 'canary-by-header-value', 'canary-by-header-pattern'], (header, policy) => {
    const { headerValue, headerPattern } = policy;
    if (header === '') return [];
    if (headerValue !== '') return [`header ${header} is "${headerValue}"`];
    return [headerPattern === '' ? `header ${header}: always, never` : `header ${header} matches "${headerPattern}"`];
  }),
  headerValue: 'header',
  headerPattern: 'header',
  cookie: from('canary-by-cookie', (cookie) => (cookie === '' ? [] : [`cookie ${cookie}: always, never`])),
  weight: from(['canary-weight', 'canary-weight-total'], (weight, { weightTotal }) => [
    `weight ${weight} of ${effectiveWeightTotal(weightTotal)}`,
  ]),
  weightTotal: 'weight',
});

/** How session affinity is printed. */
export const SESSION_AFFINITY: Printers<SessionAffinity, SessionAffinity> = Object.freeze<
  Printers<SessionAffinity, SessionAffinity>
>({
  mode: from(['affinity', 'affinity-mode'], (mode) => [`# lua: a cookie keeps a client at its pod (${mode})`]),
  cookie: from([], (cookie) => printDirectives(SESSION_COOKIE, cookie, cookie).map(asRule)),
  locations: from('affinity', (locations) =>
    Object.entries(locations).map(([host, paths]) => comment(`lua:   ${host}: ${paths.join(' ')}`)),
  ),
});

/** How the attributes of its cookie are printed. */
export const SESSION_COOKIE: Printers<SessionCookie, SessionCookie> = Object.freeze<
  Printers<SessionCookie, SessionCookie>
>({
  name: from('session-cookie-name', (name) => [`cookie ${name}`]),
  expires: from('session-cookie-expires', (value) => (value === '' ? [] : [`expires in ${value} s`])),
  maxAge: from('session-cookie-max-age', (value) => (value === '' ? [] : [`Max-Age=${value}`])),
  path: from('session-cookie-path', (value) => [value === '' ? 'Path of the rule' : `Path=${value}`]),
  domain: from('session-cookie-domain', (value) => (value === '' ? [] : [`Domain=${value}`])),
  sameSite: from('session-cookie-samesite', (value) => (value === '' ? [] : [`SameSite=${value}`])),
  conditionalSameSiteNone: from('session-cookie-conditional-samesite-none', (value) =>
    value ? ['no SameSite=None for browsers that do not know it'] : [],
  ),
  secure: from('session-cookie-secure', (value) => [value ? 'Secure' : 'Secure on https']),
  changeOnFailure: from('session-cookie-change-on-failure', (value) => (value ? ['another pod after a failure'] : [])),
});

/** `upstream … { }`, with what Lua does beside it. */
export function printUpstream(upstream: Upstream, configuration: NginxConfiguration): Block {
  const { name, endpoints, alternativeBackends, directives, sessionAffinity, affinitySource, source } = upstream;
  const affinity =
    sessionAffinity === undefined ? [] : printDirectives(SESSION_AFFINITY, sessionAffinity, sessionAffinity);
  const servers = endpoints.map(printEndpoint);
  const body = [
    ...printDirectives(UPSTREAM, directives, upstream),
    ...affinity.map((line) => ({ ...asLine(line), source: affinitySource })),
    ...alternativeBackends.flatMap((alternative, index) => printAlternative(alternative, index, configuration)),
    ...(servers.length > 0 ? servers : ['# no endpoints: requests are answered 503', 'server 0.0.0.1; # placeholder']),
  ];
  return block(`upstream ${name}`, body, { source });
}

function printEndpoint({ address, port, pod }: Endpoint): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `server ${host}:${port};${pod === undefined ? '' : ` # ${pod}`}`;
}

/** The canary policy stands where it acts: at the main upstream. Only the first alternative is ever asked. */
function printAlternative(name: string, index: number, { upstreams }: NginxConfiguration): Conf[] {
  const alternative = upstreams.find((upstream) => upstream.name === name);
  if (index > 0) return [comment(`lua: alternative ${name} is never asked: only the first is`)];
  const policy = alternative?.trafficShaping;
  if (policy === undefined) return [comment(`lua: alternative ${name} has no policy: never asked`)];
  const source = alternative?.canary;
  const rules = printDirectives(TRAFFIC_SHAPING, policy, policy);
  const head = comment(`lua: alternative ${name} (canary ${source?.namespace}/${source?.ingress})`);
  return [
    { text: head, settings: ['canary'], source },
    ...rules.map((rule, step) => ({
      ...asLine(rule),
      text: comment(`lua:   ${step + 1}. ${textOf(rule)}`),
      source,
    })),
  ];
}

function asRule(part: Conf): Conf {
  return { ...asLine(part), text: comment(`lua:   ${textOf(part)}`) };
}

function asLine(part: Conf) {
  return typeof part === 'string' || !('text' in part) ? { text: textOf(part) } : part;
}
