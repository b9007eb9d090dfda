import type { IngressDirectives } from '../define-annotation.ts';
import type { AnnotationLookup, Finish } from '../lookup.ts';
import { isHeaderName, signinUrl } from '../parsers/auth-request.ts';

/** The service that is asked, and the way to sign in (internal/ingress/annotations/authreq/main.go, authreqglobal/main.go). */
export const finishAuthRequest: Finish = ({ location, authRequest }, lookup) => {
  const { redirectParam, headersFrom, global, ...own } = authRequest;
  if (own.url === '') {
    if (!global) delete location.authRequest;
    return undefined;
  }
  // Whatever is wrong with it, the ConfigMap's service is not asked instead.
  const deny = (annotation: string, reason: string) => ({ annotation, reason, effect: 'deny' as const });
  if (!own.responseHeaders.every(isHeaderName)) return deny('auth-response-headers', 'invalid headers list');
  const headers = readHeaders(authRequest, lookup);
  if (typeof headers === 'string') return deny('auth-proxy-set-headers', headers);
  location.authRequest = { ...own, proxySetHeaders: headers, signin: signinUrl(own.signin, redirectParam) };
  return undefined;
};

/** Headers of the ConfigMap, flat, or why there are none. */
function readHeaders(
  { headersFrom }: IngressDirectives['authRequest'],
  lookup: AnnotationLookup | undefined,
): readonly string[] | string {
  if (headersFrom === '' || lookup === undefined) return [];
  const [name = '', namespace = lookup.namespace] = headersFrom.split('/').reverse();
  if (namespace !== lookup.namespace && !lookup.crossNamespace)
    return 'cross namespace usage of secrets is not allowed';
  const data = lookup.configMap(namespace, name);
  if (data === undefined) return `unable to find configMap "${headersFrom}"`;
  if (!Object.keys(data).every(isHeaderName)) return 'invalid proxy-set-headers in configmap';
  return Object.entries(data)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat();
}
