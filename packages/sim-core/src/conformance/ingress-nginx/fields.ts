import { type Shape, strangeness } from '../shape.ts';
import { isBehaviour } from './backends.ts';
import { CHANGE } from './changes.ts';
import { unknownSettings } from './controller-config.ts';
import type { Vector } from './vector.ts';

const BAND: Shape = { listOf: 'number' };
const BANDS: Shape = { mapOf: BAND };
const MATCHER: Shape = { oneOf: ['text', { fields: { absent: 'flag', present: 'flag', matches: 'text' } }] };

const REQUEST: Shape = {
  required: ['host', 'path'],
  fields: {
    method: 'text',
    scheme: 'text',
    host: 'text',
    path: 'text',
    headers: { mapOf: 'text' },
    body: 'text',
    bodySize: 'number',
    repeat: 'number',
    parallel: 'flag',
    backToBack: 'flag',
    cookieJar: 'flag',
    sni: 'text',
  },
};

const HTTP_EXPECT: Readonly<Record<string, Shape>> = {
  status: 'number',
  backend: { nullOr: 'text' },
  location: MATCHER,
  responseHeaders: { mapOf: MATCHER },
  upstreamHeaders: { mapOf: MATCHER },
  upstreamPath: 'text',
  bodyContains: 'text',
  statusShare: BANDS,
  statusCount: BANDS,
  backendShare: BANDS,
  podShare: BANDS,
  distinctPods: 'number',
  certCN: 'text',
  certDNS: 'text',
};

const EVENT: Shape = {
  required: ['on', 'type', 'reason'],
  fields: { on: 'text', type: 'text', reason: 'text', message: 'text', messagePrefix: 'text', component: 'text' },
};
const API_EXPECT: Readonly<Record<string, Shape>> = {
  loadBalancerIngress: { listOf: { fields: { ip: 'text', hostname: 'text' } } },
  forIngress: 'text',
  withinSeconds: 'number',
  events: { listOf: EVENT },
  newEvents: { listOf: EVENT },
};
const RELOAD_EXPECT: Readonly<Record<string, Shape>> = {
  reload: 'text',
  nginxError: 'text',
  servingConfig: 'text',
  event: EVENT,
};
const ADMISSION_EXPECT: Readonly<Record<string, Shape>> = {
  allowed: 'flag',
  message: 'text',
  messagePrefix: 'text',
  warnings: { listOf: 'text' },
};

/** What each kind of vector may have beside what all have. */
const OF_KIND: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  http: {
    request: REQUEST,
    expect: { fields: HTTP_EXPECT },
    steps: {
      listOf: { fields: { request: REQUEST, expect: { fields: HTTP_EXPECT } }, required: ['request', 'expect'] },
    },
  },
  api: { change: 'text', expect: { fields: API_EXPECT } },
  reload: { expect: { fields: RELOAD_EXPECT } },
  admission: { admit: 'anything', expect: { fields: ADMISSION_EXPECT } },
};

const OF_ALL: Readonly<Record<string, Shape>> = {
  id: 'text',
  area: 'text',
  kind: 'text',
  // Remarks: where it is known from, how, and what was seen besides.
  source: 'anything',
  verified: 'anything',
  observed: 'anything',
  manifests: { listOf: 'anything' },
  services: { mapOf: { fields: { endpoints: 'number', behaviour: 'text' }, required: ['endpoints'] } },
  secrets: {
    mapOf: {
      fields: { tls: { fields: { dnsNames: { listOf: 'text' } }, required: ['dnsNames'] }, data: { mapOf: 'text' } },
    },
  },
  configMaps: { mapOf: { mapOf: 'text' } },
  controllerConfig: { mapOf: { oneOf: ['flag', 'number', 'text'] } },
  publishService: 'anything',
};

/** Why a vector cannot be run: what it asks for that nobody here understands. Empty when it can. */
export function reasonsToSkip(vector: Vector): string[] {
  const ofKind = Object.hasOwn(OF_KIND, vector.kind) ? OF_KIND[vector.kind] : undefined;
  if (ofKind === undefined) return [`kind: unknown: ${JSON.stringify(vector.kind)}`];
  const strange = strangeness(vector, { fields: { ...OF_ALL, ...ofKind } });
  if (strange.length > 0) return strange;
  return [...missing(vector), ...unknownValues(vector), ...unknownSettings(vector.controllerConfig ?? {})];
}

function missing({ kind, request, expect, steps, admit }: Vector): string[] {
  if (kind === 'http' && steps !== undefined) return steps.length > 0 ? [] : ['steps: none'];
  if (expect === undefined || Object.keys(expect).length === 0) return ['expect: nothing is expected'];
  if (kind === 'http' && request === undefined) return ['request: missing'];
  return kind === 'admission' && admit === undefined ? ['admit: missing'] : [];
}

function unknownValues({ services = {}, change, request, steps = [], expect }: Vector): string[] {
  const requests = [...(request === undefined ? [] : [request]), ...steps.map((step) => step.request)];
  return [
    ...Object.entries(services).flatMap(([name, { behaviour }]) =>
      behaviour === undefined || isBehaviour(behaviour)
        ? []
        : [`services.${name}.behaviour: unknown: ${JSON.stringify(behaviour)}`],
    ),
    ...(change === undefined || CHANGE.test(change) ? [] : [`change: unknown: ${JSON.stringify(change)}`]),
    ...requests.flatMap(({ scheme = 'http' }) =>
      scheme === 'http' || scheme === 'https' ? [] : [`request.scheme: unknown: ${JSON.stringify(scheme)}`],
    ),
    ...oneOf('expect.reload', expect?.reload, 'fails'),
    ...oneOf('expect.servingConfig', expect?.servingConfig, 'previous'),
  ];
}

function oneOf(path: string, value: string | undefined, known: string): string[] {
  return value === undefined || value === known ? [] : [`${path}: unknown: ${JSON.stringify(value)}`];
}
