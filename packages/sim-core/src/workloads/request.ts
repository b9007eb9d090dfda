import { type HttpRequest, headerValue } from './workload.ts';

/** The path of a request target, raw. */
export function pathOf(url: string): string {
  if (url === '/') return url;
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/** The query of a request target, without the question mark. */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  return start < 0 ? '' : url.slice(start + 1);
}

/** The query's members, decoded. */
export function queryParameters(url: string): URLSearchParams {
  return new URLSearchParams(queryOf(url));
}

/** `x-forwarded-for` → `X-Forwarded-For` (Go's textproto.CanonicalMIMEHeaderKey). */
export function canonicalHeader(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/** Headers as Go's http.Header: canonical name → values, in the order in which names first came; no Host. */
export function goHeaders(headers: readonly string[]): Record<string, string[]> {
  const byName: Record<string, string[]> = {};
  for (let i = 0; i < headers.length; i += 2) {
    const name = canonicalHeader(headers[i] as string);
    if (name === 'Host') continue;
    const values = Object.hasOwn(byName, name) ? byName[name] : undefined;
    if (values === undefined)
      Object.defineProperty(byName, name, { value: [headers[i + 1] as string], enumerable: true });
    else values.push(headers[i + 1] as string);
  }
  return byName;
}

/** Headers by lower-case name, several values joined by a comma: what Node programs see. */
export function nodeHeaders(headers: readonly string[]): Record<string, string> {
  const byName = new Map<string, string>();
  for (let i = 0; i < headers.length; i += 2) {
    const name = (headers[i] as string).toLowerCase();
    const earlier = byName.get(name);
    byName.set(name, earlier === undefined ? (headers[i + 1] as string) : `${earlier}, ${headers[i + 1]}`);
  }
  return Object.fromEntries(byName);
}

/** The Host header, empty when there is none. */
export function hostOf(request: HttpRequest): string {
  return headerValue(request.headers, 'host') ?? '';
}

/** Whether the kubelet asks, not a user (`pkg/probe/http` sets this User-Agent). */
export function isProbe(request: HttpRequest): boolean {
  return headerValue(request.headers, 'user-agent')?.startsWith('kube-probe/') === true;
}
