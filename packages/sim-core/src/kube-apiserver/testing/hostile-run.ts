import { apiVersionOf } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { createApiServer } from '../../cluster/api-server.ts';
import { type Cluster, createCluster } from '../../cluster.ts';
import type { Store } from '../../etcd/store.ts';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { Random } from '../../sim/random.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiRequest, ApiResponse } from '../http/message.ts';
import { requestInfo } from '../request-info.ts';
import { hostileRequest } from './hostile-requests.ts';
import { SAMPLES } from './samples.ts';

/** A request after which something does not hold, and what. */
export interface Broken {
  readonly number: number;
  readonly request: string;
  readonly why: string;
}

/** A cluster grows by what is valid; a fresh one keeps that small. */
const REQUESTS_PER_CLUSTER = 2000;
/** Of more than these the rest is not collected. */
const MOST_BROKEN = 20;
/** Quota admission counts before an object is stored, and again when a controller looks after it: as the real one. */
const COUNTED = 'resourcequotas';
/** No request may take longer, in milliseconds. */
const LONGEST = 5000;

/**
 * Sends requests of which no two are alike to an API server in this process, and looks after each of them: it was answered
 * with JSON, nobody's error reached `onError`, and no object is lost or changed except the one that the request names.
 * @param seed the same requests for the same seed
 * @param now milliseconds of this machine: nothing may take long
 */
export async function sendHostileRequests(count: number, seed: string, now: () => number): Promise<Broken[]> {
  const broken: Broken[] = [];
  const random = new Random(seed).fork('hostile');
  let server = createHostileServer();
  for (let number = 0; number < count && broken.length < MOST_BROKEN; number++) {
    if (number % REQUESTS_PER_CLUSTER === 0) server = createHostileServer();
    const { kinds, schema, objects } = server;
    const request = hostileRequest({ random, kinds, schema, objects });
    const why = await lookAt(server, request, now);
    if (why === undefined) continue;
    broken.push({ number, request: describe(request), why });
    server = createHostileServer();
  }
  return broken;
}

interface HostileServer {
  readonly server: ApiServer;
  readonly store: Store;
  readonly cluster: Cluster;
  readonly errors: unknown[];
  readonly kinds: Cluster['controlPlane']['codec']['scheme']['kinds'];
  readonly schema: Cluster['controlPlane']['codec']['schema'];
  readonly objects: readonly Readonly<Record<string, unknown>>[];
}

function createHostileServer(): HostileServer {
  const cluster = createCluster();
  const { documents } = decodeManifests('samples.yaml', SAMPLES);
  cluster.apply(documents);
  cluster.advance(60_000);
  const errors: unknown[] = [];
  const { store, codec } = cluster.controlPlane;
  const server = createApiServer({
    controlPlane: cluster.controlPlane,
    clock: cluster.clock,
    random: cluster.random,
    kubelet: cluster.kubelet.connection,
    network: cluster.network.network,
    manifests: cluster.manifests,
    adminToken: '',
    // Controllers rest: whatever changes, a request has changed it.
    settle: () => {},
    onError: (error) => errors.push(error),
  });
  const { kinds } = codec.scheme;
  const samples = documents.map(({ value }) => value as Readonly<Record<string, unknown>>);
  const bare = kinds.map((kind) => ({ apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { name: 'web' } }));
  return { server, store, cluster, errors, kinds, schema: codec.schema, objects: [...samples, ...samples, ...bare] };
}

/** What does not hold after the request. */
async function lookAt(hostile: HostileServer, request: ApiRequest, now: () => number): Promise<string | undefined> {
  const { server, store, errors } = hostile;
  const before = snapshot(store);
  const start = now();
  let response: ApiResponse;
  try {
    response = await server.handle(request);
  } catch (error) {
    return `handle() threw ${stackOf(error)}`;
  }
  if (errors.length > 0) return `onError heard ${stackOf(errors[0])}`;
  if (now() - start > LONGEST) return `it took ${now() - start} ms`;
  if (({} as { polluted?: unknown }).polluted !== undefined) return '{}.polluted is set';
  return wrongAnswer(response) ?? wrongChange(before, snapshot(store), request, response);
}

function wrongAnswer(response: ApiResponse): string | undefined {
  const { status, headers } = response;
  if (!Number.isInteger(status) || status < 200 || status > 599) return `status ${status}`;
  if (!('body' in response)) {
    try {
      response.stream({ write: () => true, end: () => {} })();
      return undefined;
    } catch (error) {
      return `stream() threw ${stackOf(error)}`;
    }
  }
  const text = typeof response.body === 'string' ? response.body : new TextDecoder().decode(response.body);
  if (!headers['content-type']?.startsWith('application/json')) return undefined;
  if (text === '' && status === 304) return undefined;
  try {
    const value = JSON.parse(text);
    return status < 400 || (value.kind === 'Status' && value.code === status) ? undefined : `${status} with ${text}`;
  } catch {
    return `no JSON: ${text.slice(0, 200)}`;
  }
}

function snapshot(store: Store): Map<string, KubeObject> {
  const objects = new Map<string, KubeObject>();
  for (const resource of store.resources().filter((each) => each !== COUNTED)) {
    for (const object of store.list(resource)) objects.set(keyOf(resource, object), object);
  }
  return objects;
}

function keyOf(resource: string, { metadata }: KubeObject): string {
  return `${resource} ${metadata.namespace ?? ''}/${metadata.name}`;
}

/** A refusal changes nothing; everything else only what it names. */
function wrongChange(
  before: ReadonlyMap<string, KubeObject>,
  after: ReadonlyMap<string, KubeObject>,
  request: ApiRequest,
  { status }: ApiResponse,
): string | undefined {
  const touched = [...before].filter(([key, object]) => after.get(key) !== object).map(([key]) => key);
  const added = [...after.keys()].filter((key) => !before.has(key));
  const [path = '', query] = request.url.split('?');
  const info = requestInfo(request.method, path, new URLSearchParams(query));
  // What is passed on to the Service of the API server meets the cluster's own one, behind which controllers do not rest.
  if (info.subresource === 'proxy') return undefined;
  const isWrite = ['create', 'update', 'patch', 'delete', 'deletecollection'].includes(info.verb);
  // Of a deletion with a body the query says nothing.
  const isDryRun =
    new URLSearchParams(query).has('dryRun') && !(info.verb.startsWith('delete') && request.body.length > 0);
  const mayChange = status < 300 && isWrite && !isDryRun;
  if (!mayChange && touched.length + added.length > 0) return `${status}, but changed ${[...touched, ...added]}`;
  if (info.verb === 'deletecollection') return undefined;
  const others = touched.filter((key) => !key.endsWith(`/${info.name}`));
  if (others.length > 0) return `${info.verb} of ${info.name} touched ${others}`;
  return added.length > 1 ? `made ${added}` : undefined;
}

function describe({ method, url, headers, body }: ApiRequest): string {
  const text = new TextDecoder().decode(body);
  return `${method} ${url} ${JSON.stringify(headers).slice(0, 300)}\n${text.length > 600 ? `${text.slice(0, 600)} …` : text}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
