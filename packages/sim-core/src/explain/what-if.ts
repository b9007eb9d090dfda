import { effectiveWeightTotal } from '../ingress-nginx/nginx/canary-policy.ts';
import type { NginxConfiguration, Upstream } from '../ingress-nginx/nginx/configuration.ts';
import type { DecisionRecord } from '../ingress-nginx/nginx/decision-record.ts';
import type { TrafficShapingPolicy } from '../ingress-nginx/nginx/directives.ts';
import { HypotheticalProxy, type HypotheticalRequest } from '../ingress-nginx/nginx/hypothetical.ts';
import type { RequestTrace } from '../wire.ts';
import { canaryOf } from './hops/canary.ts';
import { outcomeOf } from './outcome.ts';
import type { Scene } from './scene.ts';

type WhatIf = RequestTrace['whatIf'][number];

/** What the same request would have become otherwise: the phases are walked again, on the snapshot that decided. */
export function whatIfs(scene: Scene): WhatIf[] {
  const { configuration } = scene.record;
  if (configuration === undefined) return [];
  const sent = requestOf(scene);
  const ask = (
    change: string,
    request: HypotheticalRequest = sent,
    on: NginxConfiguration = configuration,
  ): WhatIf => ({
    change,
    outcome: outcomeOf(new HypotheticalProxy(on).decide(request)),
  });
  const scheme =
    scene.record.redirectTo?.startsWith('https:') === true ? [ask('over https', { ...sent, scheme: 'https' })] : [];
  const upstream = scene.record.upstream;
  const canary = canaryOf(scene);
  const policy = canary?.trafficShaping;
  return [
    ...scheme,
    ...(canary === undefined || policy === undefined
      ? []
      : [
          ...byHeader(policy, sent, ask),
          ...byCookie(policy, sent, ask),
          ...byWeight(scene, policy, canary, configuration, ask),
        ]),
    ...(upstream === undefined || upstream.service === '' ? [] : withoutPods(scene, upstream, configuration, ask)),
  ];
}

type Ask = (change: string, request?: HypotheticalRequest, on?: NginxConfiguration) => WhatIf;

/** What was sent, as far as the record kept it: of the headers, those that the canary goes by. */
function requestOf({ record, headers }: Scene): HypotheticalRequest {
  const { method, url, scheme, host, clientAddress } = record;
  return {
    method,
    url,
    scheme,
    remoteAddress: clientAddress,
    headers: headers ?? ['Host', host, ...canaryInput(record)],
  };
}

function canaryInput(record: DecisionRecord): string[] {
  const policy = canaryOf({ record } as Scene)?.trafficShaping;
  if (policy === undefined || record.canaryInput === undefined) return [];
  const isCookie = record.canary === 'cookie' || policy.header === '';
  return isCookie ? ['Cookie', `${policy.cookie}=${record.canaryInput}`] : [policy.header, record.canaryInput];
}

function withHeader(request: HypotheticalRequest, name: string, value: string | undefined): HypotheticalRequest {
  const kept: string[] = [];
  for (let i = 0; i < request.headers.length; i += 2) {
    if (request.headers[i]?.toLowerCase() !== name.toLowerCase())
      kept.push(request.headers[i] as string, request.headers[i + 1] as string);
  }
  return { ...request, headers: value === undefined ? kept : [...kept, name, value] };
}

function byHeader(
  { header, headerValue, headerPattern }: TrafficShapingPolicy,
  sent: HypotheticalRequest,
  ask: Ask,
): WhatIf[] {
  if (header === '') return [];
  const values =
    headerValue !== '' ? [headerValue] : headerPattern !== '' ? literalsOf(headerPattern) : ['always', 'never'];
  return [
    ...values
      .filter((value) => sentValue(sent, header) !== value)
      .map((value) => ask(`with header ${header}: ${value}`, withHeader(sent, header, value))),
    ...(sentValue(sent, header) === undefined
      ? []
      : [ask(`without header ${header}`, withHeader(sent, header, undefined))]),
  ];
}

function sentValue({ headers }: HypotheticalRequest, name: string): string | undefined {
  const at = headers.findIndex((each, index) => index % 2 === 0 && each.toLowerCase() === name.toLowerCase());
  return at < 0 ? undefined : headers[at + 1];
}

/** A pattern's own text where it is no more than a text. */
function literalsOf(pattern: string): string[] {
  const text = pattern.replace(/^\^/, '').replace(/\$$/, '');
  return /^[\w\-/ ]+$/.test(text) ? [text] : [];
}

function byCookie({ cookie, header }: TrafficShapingPolicy, sent: HypotheticalRequest, ask: Ask): WhatIf[] {
  if (cookie === '') return [];
  const plain = header === '' ? sent : withHeader(sent, header, undefined);
  const also = plain === sent ? '' : ', without the header';
  return ['always', 'never'].map((value) =>
    ask(`with cookie ${cookie}=${value}${also}`, withHeader(plain, 'Cookie', `${cookie}=${value}`)),
  );
}

/** Another weight: with the same draw where there was one, else with everything or nothing. */
function byWeight(
  { record }: Scene,
  policy: TrafficShapingPolicy,
  canary: Upstream,
  configuration: NginxConfiguration,
  ask: Ask,
): WhatIf[] {
  const total = effectiveWeightTotal(policy.weightTotal);
  const { draw, canary: decision, toCanary } = record;
  if (decision === 'weight' && draw > 0) {
    const [change, to] = toCanary
      ? [`with canary-weight ${draw - 1} or less`, 'main Service']
      : [`with canary-weight ${draw} or more`, 'canary'];
    return [{ change: `${change} (the same draw of ${draw})`, outcome: to }];
  }
  if (decision !== 'weight') return [];
  const weights = [0, total].filter((weight) => weight !== policy.weight);
  return weights.map((weight) =>
    ask(
      `with canary-weight ${weight}`,
      undefined,
      replaced(configuration, { ...canary, trafficShaping: { ...policy, weight } }),
    ),
  );
}

function withoutPods({ record }: Scene, upstream: Upstream, configuration: NginxConfiguration, ask: Ask): WhatIf[] {
  const { pod } = record;
  const name = `Service ${upstream.namespace}/${upstream.service}`;
  if (upstream.endpoints.length > 1 && pod !== undefined) {
    const left = upstream.endpoints.filter((endpoint) => endpoint.pod !== pod);
    return [
      { change: `with pod ${pod} not ready`, outcome: `one of the ${left.length} other ready endpoints of ${name}` },
    ];
  }
  return [ask(`with no ready pod behind ${name}`, undefined, replaced(configuration, { ...upstream, endpoints: [] }))];
}

function replaced(configuration: NginxConfiguration, upstream: Upstream): NginxConfiguration {
  return {
    ...configuration,
    upstreams: configuration.upstreams.map((each) => (each.name === upstream.name ? upstream : each)),
  };
}
