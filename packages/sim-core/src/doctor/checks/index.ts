import { CANARY_CHECKS } from '../canary-doctor.ts';
import type { Check } from '../finding.ts';
import { annotationNameCheck } from './annotation-names.ts';
import { annotationDrops, annotationValues } from './annotation-values.ts';
import { backendService } from './backend-service.ts';
import { canaryRefused } from './canary-refused.ts';
import { clusterIP } from './cluster-ip.ts';
import { configMapKeys } from './config-map-keys.ts';
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
import { sslPassthrough } from './ssl-passthrough.ts';
import { sslRedirect } from './ssl-redirect.ts';
import { targetPort } from './target-port.ts';
import { tlsHosts } from './tls-hosts.ts';
import { tlsSecret } from './tls-secret.ts';

/** Everything that the doctor looks for. Of findings of one severity, those of an earlier check stand first: causes before effects. */
export const CHECKS: readonly Check[] = Object.freeze([
  controllerMissing,
  controllerNotReady,
  reloadFailed,
  canaryRefused,
  ingressClass,
  annotationDrops,
  regexRefused,
  ...CANARY_CHECKS,
  clusterIP,
  backendService,
  serviceSelector,
  podsNotReady,
  targetPort,
  loadBalancer,
  pathTaken,
  annotationNameCheck,
  annotationValues,
  configMapKeys,
  tlsSecret,
  tlsHosts,
  sslRedirect,
  sslPassthrough,
  hostReachable,
  gatewayApi,
]);
