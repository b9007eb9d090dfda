import type { Pod } from '../../api/core-v1/pod.ts';
import type { Service, ServicePort } from '../../api/core-v1/service.ts';
import { type EndpointSlice, endpointSlices, SERVICE_NAME_LABEL } from '../../api/discovery-v1/endpoint-slice.ts';
import { groupResource } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { newBadRequest, newServiceUnavailable } from '../../apimachinery/status-error.ts';
import type { RandomStream } from '../../sim/random.ts';
import { storedObject } from '../handlers/get.ts';
import type { ApiResponse } from '../http/message.ts';
import type { ResourceRequest } from '../resource-request.ts';
import type { ServerParts } from '../server-parts.ts';
import type { Handler, Subresource } from './subresource.ts';

/** Where a proxied request goes. */
interface Location {
  readonly ip: string;
  readonly port: number;
}

/** `https:web:80`: scheme and port may be left out (k8s.io/apimachinery/pkg/util/net SplitSchemeNamePort). */
interface Target {
  readonly name: string;
  readonly port: string;
  readonly isTls: boolean;
}

/** Headers that speak of the client's connection, or of who it is. */
const NOT_SENT_ON: readonly string[] = Object.freeze([
  'authorization',
  'connection',
  'content-length',
  'host',
  'upgrade',
]);
const MOVED = 301;

/** Asks a pod through the API server (pkg/registry/core/pod/rest/subresources.go ProxyREST). */
export const podProxy = proxyOf('Pod', 'PodProxyOptions', (server, request, target) => {
  const pod = storedObject(server, { ...request, info: { ...request.info, name: target.name } }) as Pod;
  const first = pod.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort;
  const port = target.port === '' ? (first ?? 80) : Number(target.port);
  const ip = pod.status?.podIP;
  if (ip === undefined) throw newBadRequest('address not allowed');
  if (!(port > 0)) throw newBadRequest(`invalid port "${target.port}"`);
  return { ip, port };
});

/** Asks a Service through the API server: any of its ready endpoints (pkg/registry/core/service/storage ResourceLocation). */
export const serviceProxy = proxyOf('Service', 'ServiceProxyOptions', (server, request, target) => {
  const service = storedObject(server, { ...request, info: { ...request.info, name: target.name } }) as Service;
  const port = portOf(service, target);
  const slices = server.store.list(groupResource(endpointSlices), request.info.namespace);
  const isOwn = ({ metadata }: KubeObject) => metadata.labels?.[SERVICE_NAME_LABEL] === target.name;
  const locations = (slices.filter(isOwn) as unknown as readonly EndpointSlice[]).map((slice) =>
    locationsIn(slice, port.name ?? ''),
  );
  // First a subset of the endpoints, then one of it, as the original draws.
  const subset = oneOf(
    locations.filter(({ length }) => length > 0),
    server.chance,
  );
  if (subset !== undefined) return oneOf(subset, server.chance) as Location;
  throw newServiceUnavailable(`no endpoints available for service "${target.name}"`);
});

function locationsIn({ ports = [], endpoints }: EndpointSlice, portName: string): Location[] {
  const number = ports.find(({ name = '' }) => name === portName)?.port;
  const ready = (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false);
  return number === undefined
    ? []
    : ready.flatMap(({ addresses: [ip] }) => (ip === undefined ? [] : [{ ip, port: number }]));
}

function oneOf<T>(list: readonly T[], chance: RandomStream): T | undefined {
  return list.length < 2 ? list[0] : list[chance.integer(0, list.length - 1)];
}

function portOf({ spec }: Service, { name, port }: Target): ServicePort {
  const found = (spec.ports ?? []).find((each) => port === '' || each.name === port || String(each.port) === port);
  if (found === undefined) throw newServiceUnavailable(`no service port "${port}" found for service "${name}"`);
  return found;
}

type Locate = (server: ServerParts, request: ResourceRequest, target: Target) => Location;

function proxyOf(kindName: string, options: string, locate: Locate): Subresource {
  const handler: Handler = (server, request) => {
    const target = targetOf(request.info.name);
    const location = locate(server, request, target);
    return endsWithoutSlash(request) ? redirect(request) : send(server, request, location, target);
  };
  return Object.freeze({
    name: 'proxy',
    of: ({ group, kind }) => group === '' && kind === kindName,
    answers: { group: '', version: '', kind: options },
    verbs: { create: handler, delete: handler, get: handler, patch: handler, update: handler },
  } satisfies Subresource);
}

/** @throws StatusError BadRequest */
function targetOf(text: string): Target {
  const parts = text.split(':');
  if (parts.length > 3) throw newBadRequest(`invalid service request "${text}"`);
  if (parts.length === 3) return { name: parts[1] ?? '', port: parts[2] ?? '', isTls: parts[0] === 'https' };
  return { name: parts[0] ?? '', port: parts[1] ?? '', isTls: false };
}

function endsWithoutSlash({ info, http }: ResourceRequest): boolean {
  return info.rest.length === 0 && !info.path.endsWith('/') && (http.method === 'GET' || http.method === 'HEAD');
}

function redirect({ info, http }: ResourceRequest): ApiResponse {
  const query = http.url.slice(info.path.length);
  return { status: MOVED, headers: { location: `${info.path}/${query}` }, body: '' };
}

/** Segments up to `proxy`: api, v1, namespaces, the namespace, pods or services, the name, proxy. */
const BEHIND_PROXY = /^(?:\/+[^/]+){7}(.*)$/s;

/** The path behind `proxy` as it was sent, and the query. */
function urlBehind({ info, http }: ResourceRequest): string {
  const behind = BEHIND_PROXY.exec(info.path)?.[1] || '/';
  return behind + http.url.slice(info.path.length);
}

async function send(
  server: ServerParts,
  request: ResourceRequest,
  { ip, port }: Location,
  { isTls }: Target,
): Promise<ApiResponse> {
  const { http } = request;
  const headers = Object.entries(http.headers).flatMap(([name, value]) =>
    value === undefined || NOT_SENT_ON.includes(name) ? [] : [name, value],
  );
  const answer = await server.proxy(ip, port, {
    method: http.method,
    url: urlBehind(request),
    headers: ['host', `${ip}:${port}`, ...headers],
    body: http.body,
    isTls,
  });
  if (!('failure' in answer)) return answer;
  throw newServiceUnavailable(`error trying to reach service: ${answer.failure}`);
}
