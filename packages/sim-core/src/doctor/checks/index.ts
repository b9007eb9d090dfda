import type { Check } from '../finding.ts';
import { annotationNameCheck } from './annotation-names.ts';
import { annotationValues } from './annotation-values.ts';
import { backendService } from './backend-service.ts';
import { canaryEndpoints } from './canary-endpoints.ts';
import { canaryIgnored } from './canary-ignored.ts';
import { canaryMarked } from './canary-marked.ts';
import { canaryPolicy } from './canary-policy.ts';
import { canaryRivals } from './canary-rivals.ts';
import { canaryWithoutMain } from './canary-without-main.ts';
import { clusterIP } from './cluster-ip.ts';
import { controllerMissing } from './controller-missing.ts';
import { controllerNotReady } from './controller-not-ready.ts';
import { gatewayApi } from './gateway-api.ts';
import { hostReachable } from './host-reachable.ts';
import { ingressClass } from './ingress-class.ts';
import { loadBalancer } from './load-balancer.ts';
import { pathTaken } from './path-taken.ts';
import { podsNotReady } from './pods-not-ready.ts';
import { regexRefused } from './regex-refused.ts';
import { reloadFailed } from './reload-failed.ts';
import { serviceSelector } from './service-selector.ts';
import { sslRedirect } from './ssl-redirect.ts';
import { targetPort } from './target-port.ts';
import { tlsHosts } from './tls-hosts.ts';
import { tlsSecret } from './tls-secret.ts';

/** Everything that the doctor looks for. Of findings of one severity, those of an earlier check stand first: causes before effects. */
export const CHECKS: readonly Check[] = Object.freeze([
  controllerMissing,
  controllerNotReady,
  reloadFailed,
  ingressClass,
  clusterIP,
  backendService,
  serviceSelector,
  podsNotReady,
  targetPort,
  loadBalancer,
  canaryMarked,
  canaryWithoutMain,
  canaryRivals,
  canaryEndpoints,
  canaryPolicy,
  canaryIgnored,
  pathTaken,
  regexRefused,
  annotationNameCheck,
  annotationValues,
  tlsSecret,
  tlsHosts,
  sslRedirect,
  hostReachable,
  gatewayApi,
]);
