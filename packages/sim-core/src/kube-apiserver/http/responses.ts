import type { Status, StatusError } from '../../apimachinery/status-error.ts';
import type { ApiResponse, WholeResponse } from './message.ts';

const JSON_TYPE = 'application/json';

/** An answer in JSON; `body` is the text itself. */
export function jsonText(status: number, body: string, headers: Readonly<Record<string, string>> = {}): WholeResponse {
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: `${body}\n` };
}

/** An answer in JSON. */
export function json(status: number, value: unknown, headers?: Readonly<Record<string, string>>): WholeResponse {
  return jsonText(status, JSON.stringify(value), headers);
}

/** Plain text, as Go's http.Error sends it. */
export function text(status: number, body: string): WholeResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status, headers, body };
}

/** What Go's mux says of a path that leads nowhere. */
export const PAGE_NOT_FOUND: WholeResponse = Object.freeze(text(404, '404 page not found\n'));

/** A refusal as a Status. */
export function statusResponse({ status, warnings }: StatusError): WholeResponse {
  const retryAfter = status.details?.retryAfterSeconds;
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return json(status.code ?? 500, status, { ...headers, ...warningHeader(warnings) });
}

/** The Status of a deletion that is done. */
export function success(details: Status['details'], warnings: readonly string[] = []): WholeResponse {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
  return json(200, status, warningHeader(warnings));
}

/** A `Warning` header: kubectl prints each (RFC 7234, 5.5; k8s.io/apimachinery/pkg/util/net NewWarningHeader). */
export function warningHeader(warnings: readonly string[]): Readonly<Record<string, string>> {
  if (warnings.length === 0) return {};
  return { warning: [...new Set(warnings)].map((warning) => `299 - ${quoted(warning)}`).join(', ') };
}

/** The same answer with one more warning, the first that is read. */
export function withWarning(response: ApiResponse, warning: string): ApiResponse {
  const { warning: others } = response.headers;
  const own = warningHeader([warning]).warning as string;
  return { ...response, headers: { ...response.headers, warning: others === undefined ? own : `${own}, ${others}` } };
}

/** A quoted-string; control characters would end the header. */
function quoted(warning: string): string {
  return `"${warning.replace(/\p{Cc}+/gu, ' ').replace(/[\\"]/g, '\\$&')}"`;
}
