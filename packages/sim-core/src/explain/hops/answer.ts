import { annotationField } from '../../doctor/annotation.ts';
import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import { boxes, decidedBy, type HopOf, ingressName, type Scene } from '../scene.ts';
import { FAILURES } from './endpoint.ts';

/** What the client gets, and from whom. */
export const answerHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const source = record.location?.source;
  const field = record.reason === undefined ? undefined : FIELDS[record.reason];
  return {
    step: 'answer',
    title: title(scene),
    why: whyStatus(scene),
    beat: [],
    nodes: boxes(ids.pod(record.upstreamStatus > 0 ? (record.pod ?? '') : record.controllerPod)),
    ...(source === undefined || field === undefined
      ? {}
      : decidedBy(scene, ingressName(source), annotationField(field))),
  };
};

const FIELDS: Readonly<Partial<Record<Reason, string>>> = Object.freeze({
  'body-too-large': 'proxy-body-size',
  'read-timeout': 'proxy-read-timeout',
  'connect-timeout': 'proxy-connect-timeout',
});

function title({ record }: Scene): string {
  if (record.status === 0) return "the pod's own answer";
  return record.id === 0 ? String(record.status) : `${record.status} in ${record.duration} ms`;
}

/** Who gave the status, and why. */
export function whyStatus({ record }: Scene): string {
  const { reason, upstreamStatus, status } = record;
  if (reason !== undefined && reason !== 'default-backend')
    return REASONS[reason](record.location?.directives.clientMaxBodySize ?? 0);
  if (reason === 'default-backend')
    return "The controller's default backend answers: no Ingress rule fits this host and path.";
  if (status === 0) return 'nginx passes on what the pod answers.';
  return `It is the pod's own answer${upstreamStatus >= 400 ? `: nginx only passes the ${upstreamStatus} on` : ''}.`;
}

const REASONS: Readonly<Record<Exclude<Reason, 'default-backend'>, (bodySize: number) => string>> = Object.freeze({
  'bad-request': () => 'nginx refuses the request itself: no Host or two, a bad path or a bad Content-Length.',
  'method-not-allowed': () => 'nginx does not take this method (TRACE).',
  'uri-too-long': () => 'The request line does not fit into a buffer (ConfigMap large-client-header-buffers).',
  'headers-too-large': () => 'The headers do not fit into the buffers (ConfigMap large-client-header-buffers).',
  'plain-http-to-https': () => 'Plain http was sent to the https port.',
  'body-too-large': (size) => `The body is larger than proxy-body-size (${size} bytes).`,
  denied: () => 'nginx answers for a location that is denied as a whole, before anything else.',
  'auto-redirect': () => 'nginx redirects by itself.',
  return: () => 'The location answers by itself.',
  'ssl-redirect': () => 'nginx redirects by itself; no pod was asked.',
  'force-ssl-redirect': () => 'nginx redirects by itself; no pod was asked.',
  'no-endpoints': () => 'nginx answers by itself: there is no pod to ask.',
  refused: () => `nginx answers by itself: the pod ${FAILURES.refused}.`,
  reset: () => `nginx answers by itself: the pod ${FAILURES.reset}.`,
  'connect-timeout': () => `nginx answers by itself: the pod ${FAILURES['connect-timeout']} (proxy-connect-timeout).`,
  'read-timeout': () => `nginx answers by itself: the pod ${FAILURES['read-timeout']} (proxy-read-timeout).`,
  'client-closed': () => 'The client went away before the answer (499 stands in the access log only).',
  'app-root': () => 'nginx redirects by itself: app-root sends the root path elsewhere.',
  'www-redirect': () => 'nginx redirects by itself: from-to-www-redirect sends this name to the other one.',
  'cors-preflight': () => 'nginx answers the preflight of CORS by itself; no pod was asked.',
  'rate-limited': () => 'nginx answers by itself: this client sent more than limit-rps or limit-rpm lets through.',
  'too-many-connections': () => 'nginx answers by itself: limit-connections requests of this client are under way.',
  'access-denied': () => 'nginx does not let this address in: allowlist-source-range or denylist-source-range.',
  unauthorized: () => 'nginx asks for a name and a password that fit the Secret of auth-secret.',
  'auth-request': () => 'The service of auth-url said no; nginx passes its answer on.',
  signin: () => 'The client is not signed in: auth-signin sends it to where it can.',
  'internal-error': () => 'A phase of the proxy failed: that is an error of ours.',
});
