import { canary } from './canary/canary.ts';
import { canaryByCookie } from './canary/canary-by-cookie.ts';
import { canaryByHeader } from './canary/canary-by-header.ts';
import { canaryByHeaderPattern } from './canary/canary-by-header-pattern.ts';
import { canaryByHeaderValue } from './canary/canary-by-header-value.ts';
import { canaryWeight } from './canary/canary-weight.ts';
import { canaryWeightTotal } from './canary/canary-weight-total.ts';
import type { Annotation } from './define-annotation.ts';
import { enableAccessLog } from './enable-access-log.ts';
import { forceSslRedirect } from './force-ssl-redirect.ts';
import { preserveTrailingSlash } from './preserve-trailing-slash.ts';
import { proxyBodySize } from './proxy-body-size.ts';
import { proxyConnectTimeout } from './proxy-connect-timeout.ts';
import { proxyNextUpstream } from './proxy-next-upstream.ts';
import { proxyNextUpstreamTimeout } from './proxy-next-upstream-timeout.ts';
import { proxyNextUpstreamTries } from './proxy-next-upstream-tries.ts';
import { proxyReadTimeout } from './proxy-read-timeout.ts';
import { proxySendTimeout } from './proxy-send-timeout.ts';
import { serverAlias } from './server-alias.ts';
import { sslRedirect } from './ssl-redirect.ts';

/** Every annotation that acts, by name. The order means nothing: each sets its own directive. */
export const ANNOTATIONS: readonly Annotation[] = Object.freeze([
  canary,
  canaryByCookie,
  canaryByHeader,
  canaryByHeaderPattern,
  canaryByHeaderValue,
  canaryWeight,
  canaryWeightTotal,
  enableAccessLog,
  forceSslRedirect,
  preserveTrailingSlash,
  proxyBodySize,
  proxyConnectTimeout,
  proxyNextUpstream,
  proxyNextUpstreamTimeout,
  proxyNextUpstreamTries,
  proxyReadTimeout,
  proxySendTimeout,
  serverAlias,
  sslRedirect,
]);

/** The annotation of that name (without prefix), or of that former name. */
export function annotationNamed(name: string): Annotation | undefined {
  return ANNOTATIONS.find((annotation) => annotation.name === name || annotation.aliases?.includes(name) === true);
}
