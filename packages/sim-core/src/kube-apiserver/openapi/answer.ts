import { formatTimestamp } from '../../apimachinery/timestamp.ts';
import type { ApiRequest, ApiResponse } from '../http/message.ts';
import { PAGE_NOT_FOUND } from '../http/responses.ts';
import { type OpenApi, type OpenApiDocument, serverRelativeUrl } from './openapi.ts';

const ROOT = '/openapi/v3';
const DAY = 86_400_000;
const WEEKDAYS: readonly string[] = Object.freeze(['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']);
const MONTHS: readonly string[] = Object.freeze('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '));

/** Whether a path is one of `/openapi/v3`. */
export function isOpenApiPath(path: string): boolean {
  return path === ROOT || path.startsWith(`${ROOT}/`);
}

/**
 * Answers `/openapi/v3` and what is below it (k8s.io/kube-openapi/pkg/handler3/handler.go). A URL with the hash of the
 * document may be kept for ever; one with an old hash leads to the new one.
 * @param now wall clock in milliseconds
 */
export async function answerOpenApi(openApi: OpenApi, request: ApiRequest, now: number): Promise<ApiResponse> {
  const [path = '', query = ''] = request.url.split('?');
  const name = path.slice(ROOT.length).replace(/^\/|\/$/g, '');
  if (name === '') return content(await openApi.root(), request, {});
  const document = await openApi.document(name);
  if (document === undefined) return PAGE_NOT_FOUND;
  const hash = new URLSearchParams(query).get('hash') ?? '';
  if (!takesJson(request.headers.accept)) return { status: 406, headers: { vary: 'Accept' }, body: '' };
  if (hash !== '' && hash !== document.hash) return movedTo(serverRelativeUrl(name, document.hash));
  return content(document, request, { vary: 'Accept', ...(hash !== '' && forEver(now)) });
}

function takesJson(accept = ''): boolean {
  if (accept.trim() === '') return true;
  return accept.split(',').some((range) => /^\s*(\*\/\*|application\/(\*|json))\s*(;|$)/i.test(range));
}

function movedTo(location: string): ApiResponse {
  const headers = { location, 'content-type': 'text/html; charset=utf-8', vary: 'Accept' };
  return { status: 301, headers, body: `<a href="${location}">Moved Permanently</a>.\n\n` };
}

function content(
  { json, hash }: OpenApiDocument,
  { headers }: ApiRequest,
  more: Readonly<Record<string, string>>,
): ApiResponse {
  const etag = `"${hash}"`;
  const isKnown = (headers['if-none-match'] ?? '').split(',').some((known) => known.trim() === etag);
  const sent = { 'content-type': 'application/json', etag, ...more };
  return isKnown ? { status: 304, headers: sent, body: '' } : { status: 200, headers: sent, body: json };
}

function forEver(now: number): Readonly<Record<string, string>> {
  return { 'cache-control': 'public, immutable', expires: httpDate(now + 365 * DAY) };
}

/** `Mon, 02 Jan 2006 15:04:05 GMT` of milliseconds since 1970. */
function httpDate(milliseconds: number): string {
  const [date = '', clock = ''] = formatTimestamp(milliseconds).slice(0, -1).split('T');
  const [year, month, day] = date.split('-');
  const weekday = WEEKDAYS[Math.floor(milliseconds / DAY) % 7];
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1]} ${year} ${clock} GMT`;
}
