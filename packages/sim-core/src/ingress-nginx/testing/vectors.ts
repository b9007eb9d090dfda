import type { Service } from '../../api/core-v1/service.ts';
import type { Ingress } from '../../api/networking-v1/ingress.ts';
import { nodeCertificates } from '../../host/certificates.ts';
import { headerValue, type Workload } from '../../workloads/workload.ts';
import { ANNOTATION_PREFIX } from '../annotations/define-annotation.ts';
import { NOT_SIMULATED } from '../annotations/not-simulated.ts';
import type { TestAnswer } from './test-client.ts';
import { TestIngress } from './test-ingress.ts';
import type { Echo } from './test-pods.ts';

/** One vector of `ingress-nginx.json`; its README says what the fields mean. */
export interface Vector {
  readonly id: string;
  readonly area: string;
  readonly kind: 'http' | 'admission' | 'api' | 'reload';
  readonly manifests: readonly Ingress[];
  readonly services?: Readonly<Record<string, { endpoints: number; behaviour?: string }>>;
  readonly secrets?: Readonly<Record<string, { tls?: { dnsNames: string[] }; data?: Record<string, string> }>>;
  readonly configMaps?: Readonly<Record<string, Record<string, string>>>;
  readonly controllerConfig?: Readonly<Record<string, unknown>>;
  readonly publishService?: Partial<Service['spec']> & { lb?: { ip?: string; hostname?: string }[] };
  readonly change?: string;
  readonly request?: VectorRequest;
  readonly steps?: readonly { request: VectorRequest; expect: HttpExpect }[];
  readonly expect?: HttpExpect & ApiExpect;
}

export interface VectorRequest {
  readonly method: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodySize?: number;
  readonly repeat?: number;
  readonly parallel?: boolean;
  readonly backToBack?: boolean;
  readonly cookieJar?: boolean;
  /** '' for none. */
  readonly sni?: string;
}

type Matcher = string | { absent?: true; present?: true; matches?: string };
type Band = readonly [low: number, high: number];

export interface HttpExpect {
  readonly status?: number;
  readonly backend?: string;
  readonly location?: Matcher;
  readonly responseHeaders?: Readonly<Record<string, Matcher>>;
  readonly upstreamHeaders?: Readonly<Record<string, Matcher>>;
  readonly upstreamPath?: string;
  readonly bodyContains?: string;
  readonly statusShare?: Readonly<Record<string, Band>>;
  readonly statusCount?: Readonly<Record<string, Band>>;
  readonly backendShare?: Readonly<Record<string, Band>>;
  readonly podShare?: Readonly<Record<string, Band>>;
  readonly distinctPods?: number;
  readonly certCN?: string;
  readonly certDNS?: string;
}

interface EventExpect {
  readonly on: string;
  readonly type: string;
  readonly reason: string;
  readonly message?: string;
  readonly messagePrefix?: string;
  readonly component?: string;
}

interface ApiExpect {
  readonly loadBalancerIngress?: readonly { ip?: string; hostname?: string }[];
  readonly forIngress?: string;
  readonly withinSeconds?: number;
  readonly events?: readonly EventExpect[];
  readonly newEvents?: readonly EventExpect[];
  readonly reload?: 'fails';
  readonly nginxError?: string;
  readonly servingConfig?: 'previous';
  readonly event?: EventExpect;
}

/** What a vector asks for that does nothing yet; empty when it can be run. */
export function unsupported({ kind, manifests }: Vector): string[] {
  if (kind === 'admission') return ['admission webhook'];
  const names = manifests.flatMap(({ metadata }) => Object.keys(metadata.annotations ?? {}));
  const short = names
    .filter((name) => name.startsWith(ANNOTATION_PREFIX))
    .map((name) => name.slice(ANNOTATION_PREFIX.length));
  return [...new Set(short.filter((name) => NOT_SIMULATED.has(name)))];
}

/** What the vectors' auth-url asks: `/ok` lets in as alice, `/no` is 401, `/forbidden` 403, `/err` 500. */
const AUTH_SERVICE: Workload = {
  http: ({ url }, response) => {
    const statuses: Readonly<Record<string, number>> = { '/ok': 200, '/no': 401, '/forbidden': 403 };
    response.writeHead(statuses[url.split('?')[0] ?? ''] ?? 500, ['X-User', 'alice', 'Content-Length', '0']);
    response.end();
  },
};

/** Where the vectors' mirror goes. */
const MIRROR: Workload = {
  http: (_request, response) => {
    response.writeHead(200, ['Content-Length', '0']);
    response.end();
  },
};

/** Everything that a vector has beside its Ingresses; no replica runs yet. */
export function prepare(vector: Vector): TestIngress {
  const world = new TestIngress();
  world.externalHosts.add('127.0.0.1:19998', AUTH_SERVICE);
  world.externalHosts.add('127.0.0.1:19999', MIRROR);
  for (const [key, { endpoints, behaviour }] of Object.entries(vector.services ?? {}))
    world.service(key, endpoints, behaviour);
  for (const [key, secret] of Object.entries(vector.secrets ?? {})) world.load([secretOf(key, secret)]);
  for (const [key, data] of Object.entries(vector.configMaps ?? {}))
    world.load([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: placeOf(key), data }]);
  if (vector.controllerConfig !== undefined) world.configure(configMapOf(vector.controllerConfig));
  if (vector.publishService !== undefined) {
    const { lb = [], ...spec } = vector.publishService;
    world.publish(spec, lb);
  }
  return world;
}

/** `useForwardedHeaders: true` → `use-forwarded-headers: "true"`. */
function configMapOf(config: Readonly<Record<string, unknown>>): Record<string, string> {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [kebab(name), String(value)]));
}

function placeOf(key: string): { namespace: string; name: string } {
  const slash = key.indexOf('/');
  return slash < 0
    ? { namespace: 'default', name: key }
    : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

function secretOf(key: string, { tls, data = {} }: NonNullable<Vector['secrets']>[string]): unknown {
  const pair = tls && nodeCertificates.selfSigned({ commonName: tls.dnsNames[0] ?? '', dnsNames: tls.dnsNames });
  const values = pair === undefined ? data : { 'tls.crt': pair.certPem, 'tls.key': pair.keyPem, ...data };
  const encoded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, btoa(value)]));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: placeOf(key),
    type: pair ? 'kubernetes.io/tls' : 'Opaque',
    data: encoded,
  };
}

/** Sends what a vector's request asks for, with the cookies of the jar. */
export async function sendVector(
  world: TestIngress,
  request: VectorRequest,
  jar: Map<string, string>,
): Promise<TestAnswer[]> {
  const { repeat = 1, parallel = false, cookieJar = false } = request;
  const one = () => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = Object.entries(request.headers ?? {}).flat();
    if (cookies !== '' && request.headers?.['Cookie'] === undefined) headers.push('Cookie', cookies);
    const body = request.bodySize === undefined ? request.body : 'x'.repeat(request.bodySize);
    const { method, scheme, host, path } = request;
    const sni = request.sni ?? host.replace(/:\d+$/, '');
    return { method, scheme, host, path, headers, ...(body === undefined ? {} : { body }), sni };
  };
  if (parallel) return world.sendAll(Array.from({ length: repeat }, one));
  const answers: TestAnswer[] = [];
  const own = new Map(jar);
  for (let i = 0; i < repeat; i++) {
    const answer = await world.send(one());
    answers.push(answer);
    keepCookies(answer, cookieJar ? jar : own);
  }
  if (!cookieJar) for (const [name, value] of own) jar.set(name, value);
  return answers;
}

function keepCookies({ headers }: TestAnswer, jar: Map<string, string>): void {
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i]?.toLowerCase() !== 'set-cookie') continue;
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(headers[i + 1] as string) ?? [];
    if (name !== undefined) jar.set(name, value as string);
  }
}

/** What the answers lack of what was expected; empty when all is well. */
export function problemsOf(answers: readonly TestAnswer[], expected: HttpExpect): string[] {
  return [...answers.flatMap((answer) => answerProblems(answer, expected)), ...countProblems(answers, expected)];
}

function answerProblems(answer: TestAnswer, expected: HttpExpect): string[] {
  const echo = echoOf(answer);
  const differs = (what: string, is: unknown, wanted: unknown) =>
    wanted === undefined || is === wanted ? [] : [`${what} is ${is}, not ${wanted}`];
  return [
    ...differs('status', answer.status, expected.status),
    ...differs('backend', echo?.service, expected.backend),
    ...differs('path that the pod got', echo?.url, expected.upstreamPath),
    ...(expected.bodyContains === undefined || answer.body.includes(expected.bodyContains)
      ? []
      : [`body lacks ${expected.bodyContains}`]),
    ...(expected.location === undefined
      ? []
      : mismatch('Location', headerValue(answer.headers, 'location'), expected.location)),
    ...Object.entries(expected.responseHeaders ?? {}).flatMap(([name, matcher]) =>
      mismatch(name, headerValue(answer.headers, name), matcher),
    ),
    ...Object.entries(expected.upstreamHeaders ?? {}).flatMap(([name, matcher]) =>
      mismatch(`${name} at the pod`, echo?.headers[name], matcher),
    ),
  ];
}

function mismatch(name: string, value: string | undefined, matcher: Matcher): string[] {
  if (typeof matcher === 'string') return value === matcher ? [] : [`${name} is ${value}, not ${matcher}`];
  if (matcher.absent) return value === undefined ? [] : [`${name} is there: ${value}`];
  if (matcher.present) return value === undefined ? [`${name} is missing`] : [];
  return value !== undefined && new RegExp(matcher.matches ?? '').test(value)
    ? []
    : [`${name} is ${value}, does not match ${matcher.matches}`];
}

function countProblems(
  answers: readonly TestAnswer[],
  { statusShare, statusCount, backendShare, podShare, distinctPods }: HttpExpect,
): string[] {
  const statuses = answers.map(({ status }) => String(status));
  const echoes = answers.map(echoOf);
  const pods = echoes.map((echo) => echo?.pod ?? '');
  const distinct = new Set(pods.filter((pod) => pod !== '')).size;
  return [
    ...bandProblems('status', statuses, statusShare, answers.length),
    ...bandProblems('status', statuses, statusCount, 1),
    ...bandProblems(
      'backend',
      echoes.map((echo) => echo?.service ?? ''),
      backendShare,
      answers.length,
    ),
    ...bandProblems('pod', pods, podShare, answers.length),
    ...(distinctPods === undefined || distinct === distinctPods
      ? []
      : [`${distinct} pods answered, not ${distinctPods}`]),
  ];
}

function bandProblems(
  what: string,
  values: readonly string[],
  bands: Readonly<Record<string, Band>> | undefined,
  divisor: number,
): string[] {
  return Object.entries(bands ?? {}).flatMap(([value, [low, high]]) => {
    const share = values.filter((each) => each === value).length / divisor;
    return share >= low && share <= high ? [] : [`${what} ${value}: ${share}, not within ${low}–${high}`];
  });
}

/** What the pod echoed; undefined where none answered. */
export function echoOf({ body, headers }: TestAnswer): Echo | undefined {
  return headerValue(headers, 'x-backend') === undefined ? undefined : (JSON.parse(body) as Echo);
}
