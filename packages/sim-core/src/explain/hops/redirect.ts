import { ingresses } from '../../api/networking-v1/ingress.ts';
import { annotationField, annotationOf } from '../../doctor/annotation.ts';
import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import { boxes, decidedBy, type HopOf, ingressName, type Scene } from '../scene.ts';

/** A redirect, or another answer that the location gives before any pod is asked. */
export const redirectHop: HopOf = (scene) => {
  const { record, ids } = scene;
  const { redirectTo, status, location } = record;
  const why = whyRedirect(scene);
  if (why === undefined) return undefined;
  const source = location?.source;
  return {
    step: 'redirect',
    title: redirectTo === undefined ? String(status) : `${status} to ${redirectTo}`,
    why,
    beat: [],
    nodes: source === undefined ? [] : boxes(ids.ingress(source.namespace, source.ingress)),
    ...(source === undefined ? {} : decidedBy(scene, ingressName(source), fieldOf(scene))),
  };
};

/** Why the location answers by itself; undefined where it does not. */
export function whyRedirect(scene: Scene): string | undefined {
  const { reason } = scene.record;
  return reason === undefined ? undefined : WHY[reason]?.(scene);
}

const WHY: Readonly<Partial<Record<Reason, (scene: Scene) => string>>> = Object.freeze({
  'auto-redirect': ({ record }) =>
    `nginx sends ${record.path} to ${record.location?.path}: the path of the rule ends in a slash.`,
  'ssl-redirect': () =>
    'The request came over plain http, its host has a certificate, and ssl-redirect is on unless an annotation switches it off.',
  'force-ssl-redirect': () =>
    'The request came over plain http, and force-ssl-redirect sends such requests to https, certificate or not.',
  denied: ({ record }) => `nginx denies the whole location: ${record.location?.directives.denied}.`,
  return: () => 'The location answers by itself.',
});

/** The annotation that asks for it; without one the TLS section that gave the host its certificate. */
function fieldOf({ record, world }: Scene): string {
  const source = record.location?.source;
  const ingress = source && world.client.get(ingresses, source.namespace, source.ingress);
  const { reason, location } = record;
  if (reason === 'auto-redirect') return `${source?.field}.path`;
  if (reason === 'denied')
    return annotationField((location?.directives.denied ?? '').split(':')[0]?.split('/').at(-1) ?? '');
  if (reason === 'force-ssl-redirect') return annotationField('force-ssl-redirect');
  return ingress !== undefined && annotationOf(ingress, 'ssl-redirect') !== undefined
    ? annotationField('ssl-redirect')
    : 'spec.tls';
}
