import { type Service, services } from '../api/core-v1/service.ts';
import { ingresses } from '../api/networking-v1/ingress.ts';
import { annotationField } from '../doctor/annotation.ts';
import { backendFindings } from '../doctor/checks/backend-service.ts';
import { podFindings } from '../doctor/checks/pods-not-ready.ts';
import { podsOf, selectorFindings } from '../doctor/checks/service-selector.ts';
import { targetPortFindings } from '../doctor/checks/target-port.ts';
import { line, spell } from '../doctor/finding.ts';
import { backendsOf } from '../doctor/ingress-paths.ts';
import type { Reason } from '../ingress-nginx/nginx/answer.ts';
import type { DoctorFinding } from '../wire.ts';
import { fixNotFound } from './fix-not-found.ts';
import { fixText } from './fix-text.ts';
import { locationUpstream } from './hops/upstream.ts';
import { ingressName, type Scene, spellUpstream } from './scene.ts';

/** What to do about a request that failed, with the line; '' for one that did not. */
export function fixOf(scene: Scene): string {
  const { reason, status, upstreamStatus } = scene.record;
  const known = reason === undefined ? undefined : FIXES[reason];
  if (known !== undefined) return known(scene);
  return upstreamStatus >= 400 && status === upstreamStatus
    ? `The ${status} comes from the pod, not from the ingress: look at its logs (kubectl logs).`
    : '';
}

const FIXES: Readonly<Partial<Record<Reason, (scene: Scene) => string>>> = Object.freeze({
  'default-backend': fixNotFound,
  'no-endpoints': withoutEndpoints,
  denied: ({ record }) => `Set right what nginx could not honour: ${record.location?.directives.denied}.`,
  refused: (scene) =>
    firstFix(
      serviceFindings(scene),
      `Make targetPort of ${service(scene)} the port that the program listens on (${serviceLine(scene, 'spec.ports')}).`,
    ),
  reset: (scene) =>
    `The program behind ${service(scene)} ended the connection: look at its logs and restarts (kubectl describe pod).`,
  'connect-timeout': (scene) =>
    firstFix(
      serviceFindings(scene),
      `The pods of ${service(scene)} do not answer at all: look at their state (kubectl get pods -o wide).`,
    ),
  'read-timeout': (scene) => raise(scene, 'proxy-read-timeout', `"120" (whole seconds)`),
  'body-too-large': (scene) => raise(scene, 'proxy-body-size', '"10m"'),
  'bad-request': () =>
    'Send one Host header, a path that begins with / and stays below it, and one numeric Content-Length.',
  'plain-http-to-https': ({ record }) => `Ask https://${record.host}, or send plain http to the http port.`,
  'auto-redirect': ({ record }) =>
    `Ask for ${record.location?.path}, follow the redirect (curl -L), or take the slash off the path of the rule.`,
  'ssl-redirect': toHttps('ssl-redirect: "false"'),
  'force-ssl-redirect': toHttps('force-ssl-redirect: "false" and ssl-redirect: "false"'),
});

function toHttps(off: string): (scene: Scene) => string {
  return ({ record }) =>
    `Ask ${record.redirectTo} or follow the redirect (curl -kL). To serve plain http as well, annotate the Ingress with nginx.ingress.kubernetes.io/${off}.`;
}

/** 503: what is wrong with the backend, or with its Service. */
function withoutEndpoints(scene: Scene): string {
  const { record, world } = scene;
  const source = record.location?.source;
  const ingress = source && world.client.get(ingresses, source.namespace, source.ingress);
  const path = ingress && backendsOf(ingress).find(({ field }) => field === source?.field);
  const backend = path === undefined ? [] : backendFindings(path, world);
  return firstFix(
    [...backend, ...serviceFindings(scene)],
    `Give ${service(scene)} a ready pod: look at kubectl get endpointslices and kubectl get pods.`,
  );
}

function serviceFindings(scene: Scene): DoctorFinding[] {
  const found = serviceOf(scene);
  if (found === undefined) return [];
  const { world } = scene;
  return [
    ...selectorFindings(found, world),
    ...targetPortFindings(found, world),
    ...podFindings(podsOf(found, world), world),
  ];
}

function firstFix(findings: readonly DoctorFinding[], otherwise: string): string {
  const [finding] = findings;
  return finding === undefined ? otherwise : fixText(finding);
}

function raise(scene: Scene, annotation: string, value: string): string {
  const source = scene.record.location?.source;
  if (source === undefined) return `Raise ${annotation}.`;
  const name = ingressName(source);
  return `Annotate ${spell(name)} with nginx.ingress.kubernetes.io/${annotation}: ${value} (${line(scene.world, name, annotationField(annotation))}).`;
}

function serviceOf(scene: Scene): Service | undefined {
  const upstream = scene.record.upstream ?? locationUpstream(scene);
  return upstream && scene.world.client.get(services, upstream.namespace, upstream.service);
}

function service(scene: Scene): string {
  const upstream = scene.record.upstream ?? locationUpstream(scene);
  return upstream === undefined ? 'the Service' : `Service ${spellUpstream(upstream)}`;
}

function serviceLine(scene: Scene, field: string): string {
  const found = serviceOf(scene);
  const { namespace = '', name = '' } = found?.metadata ?? {};
  return line(scene.world, { kind: 'Service', namespace, name }, field);
}
