import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Scheme } from '../apimachinery/scheme.ts';
import type { Clock } from '../sim/clock.ts';
import { aggregatedApi, aggregatedApis, type DiscoveryVersion } from './discovery/aggregated.ts';
import { groupsOf } from './discovery/groups.ts';
import { apiGroup, apiGroupList, apiResourceList, apiVersions } from './discovery/legacy.ts';
import { health } from './health.ts';
import type { ApiRequest, ApiResponse } from './http/message.ts';
import { json, jsonText } from './http/responses.ts';
import { answerOpenApi, isOpenApiPath } from './openapi/answer.ts';
import type { OpenApi } from './openapi/openapi.ts';
import { answerOpenApiV2, OPENAPI_V2 } from './openapi/v2.ts';
import { VERSION_INFO } from './version-info.ts';

/** What paths that are no resources need. */
export interface PathParts {
  readonly scheme: Scheme;
  /** host:port of the API server inside the cluster. */
  readonly address: string;
  readonly openApi: OpenApi;
  readonly clock: Clock;
}

/** Answers paths that are no resources; undefined: there is no such path. */
export function answerPath(
  parts: PathParts,
  path: string,
  request: ApiRequest,
): ApiResponse | Promise<ApiResponse> | undefined {
  const { scheme, address, openApi, clock } = parts;
  if (isOpenApiPath(path)) return answerOpenApi(openApi, request, clock.requestNow());
  switch (path) {
    case '/version':
    case '/version/':
      return json(200, VERSION_INFO);
    case '/healthz':
    case '/livez':
    case '/readyz':
      return health(path.slice(1), new URLSearchParams(request.url.split('?')[1]));
    case OPENAPI_V2:
      return answerOpenApiV2(request);
    case '/api':
      return discovery(
        request,
        (version) => aggregatedApi(scheme, version),
        () => apiVersions(address),
      );
    case '/apis':
      return discovery(
        request,
        (version) => aggregatedApis(scheme, version),
        () => apiGroupList(scheme),
      );
    case '/':
      return json(200, { paths: pathsOf(scheme) });
  }
  return groupPath(scheme, path);
}

function groupPath(scheme: Scheme, path: string): ApiResponse | undefined {
  const [, prefix, ...parts] = path.replace(/\/$/, '').split('/');
  const [group = '', version = ''] = prefix === 'api' ? ['', parts[0]] : parts;
  const length = prefix === 'api' ? 1 : 2;
  if (prefix === 'apis' && parts.length === 1) return found(apiGroup(scheme, group));
  if ((prefix === 'api' || prefix === 'apis') && parts.length === length) {
    return found(apiResourceList(scheme, group, version));
  }
  return undefined;
}

function found(value: unknown): ApiResponse | undefined {
  return value === undefined ? undefined : json(200, value);
}

/** Everything at once for those who ask for it, else the short list of old; unchanged since the client's copy: 304. */
function discovery(
  { headers }: ApiRequest,
  aggregated: (version: DiscoveryVersion) => unknown,
  legacy: () => unknown,
): ApiResponse {
  const version = aggregatedVersion(headers.accept ?? '');
  if (version === undefined) return json(200, legacy());
  const body = JSON.stringify(aggregated(version));
  const etag = `"${bytesToHex(sha512(new TextEncoder().encode(body))).toUpperCase()}"`;
  const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  const answer = { 'content-type': type, etag, vary: 'Accept', 'cache-control': 'public' };
  if (headers['if-none-match'] === etag) return { status: 304, headers: answer, body: '' };
  return jsonText(200, body, answer);
}

/** The first of the client's wishes that we have; plain JSON may come first. */
function aggregatedVersion(accept: string): DiscoveryVersion | undefined {
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    if (type !== 'application/json') continue;
    if (!parameters.includes('as=APIGroupDiscoveryList')) return undefined;
    const version = parameters.find((parameter) => parameter.startsWith('v='))?.slice(2);
    if (version === 'v2' || version === 'v2beta1') return version;
  }
  return undefined;
}

function pathsOf(scheme: Scheme): string[] {
  const groups = groupsOf(scheme).filter(({ name }) => name !== '');
  const apis = groups.flatMap(({ name, versions }) => [
    `/apis/${name}`,
    ...versions.map(({ version }) => `/apis/${name}/${version}`),
  ]);
  const others = [
    '/healthz',
    '/livez',
    '/metrics',
    '/openapi/v2',
    '/openapi/v3',
    '/openapi/v3/',
    '/readyz',
    '/version',
  ];
  return ['/.well-known/openid-configuration', '/api', '/api/v1', '/apis', '/apis/', ...apis.sort(), ...others];
}
