import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { Reason } from '../../ingress-nginx/nginx/answer.ts';
import type { DecisionRecord } from '../../ingress-nginx/nginx/decision-record.ts';
import type { DoctorFinding, ObjectName } from '../../wire.ts';
import { annotationField, annotationOf } from '../annotation.ts';
import { probeCanary } from '../canary-probe.ts';
import { type CanaryView, mergedCanaries } from '../canary-view.ts';
import { type Check, findingOf, line, place, spell } from '../finding.ts';
import { spellPath } from '../ingress-paths.ts';
import type { World } from '../world.ts';

/**
 * Canaries that stand where they should, and yet no request comes to them, whatever its header, cookie or draw: something
 * answers earlier. Found by walking the phases; what other checks tell is not told again.
 */
export const canaryUnreached: Check = {
  name: 'CanaryUnreached',
  check: (world) =>
    mergedCanaries(world).flatMap((view) => {
      if (view.main.endpoints.length === 0 || view.canary.endpoints.length === 0 || isShut(view)) return [];
      const record = probeCanary(view);
      return record === 'reached' ? [] : [diagnose(view, record, world)];
    }),
};

/** A policy that lets nobody in is told by canary-policy.ts. */
function isShut({ canary: { trafficShaping: policy } }: CanaryView): boolean {
  return policy !== undefined && policy.weight <= 0 && policy.header === '' && policy.cookie === '';
}

/** Annotations behind what answered earlier. */
const ANNOTATIONS: Readonly<Partial<Record<Reason, readonly string[]>>> = Object.freeze({
  return: ['temporal-redirect', 'permanent-redirect', 'rewrite-target'],
  'app-root': ['app-root'],
  'force-ssl-redirect': ['force-ssl-redirect'],
  'www-redirect': ['from-to-www-redirect'],
});

function diagnose({ path, main }: CanaryView, record: DecisionRecord, world: World): DoctorFinding {
  const { location, reason } = record;
  const source = location?.source;
  const owner: ObjectName =
    source === undefined ? path.object : { kind: 'Ingress', namespace: source.namespace, name: source.ingress };
  const other = location !== undefined && location.backend !== main.name && reason === undefined;
  const field = other && source !== undefined ? `${source.field}.path` : fieldOf(record, owner, world);
  const because = other
    ? `its requests are taken by ${location.ingressPath} (${location.ingressPathType}) of ${spell(owner)}${place(world, owner, field)}, which fits earlier`
    : `every request for it ends earlier, in ${record.status}${record.redirectTo === undefined ? '' : ` to ${record.redirectTo}`}${cause(record, owner, field, world)}`;
  const message = `canary ${spell(path.object)} gets no traffic at ${spellPath(path)}: ${because}`;
  const fix = other
    ? `Change one of the two paths: ${line(world, owner, field)} and ${line(world, path.object, `${path.field}.path`)}.`
    : `Take ${line(world, owner, field)} away or mend it: what the main Ingress answers by itself, no canary sees.`;
  return findingOf({ severity: 'error', reason: 'CanaryUnreached', object: owner, field, message, fix }, world);
}

function fieldOf({ reason, location }: DecisionRecord, owner: ObjectName, world: World): string {
  const denied = /([\w-]+):/.exec(location?.directives.denied?.split('/').at(-1) ?? '')?.[1];
  if (reason === 'denied' && denied !== undefined) return annotationField(denied, world);
  const ingress = world.client.get(ingresses, owner.namespace, owner.name);
  const name = (reason && ANNOTATIONS[reason])?.find(
    (each) => ingress && annotationOf(ingress, each, world) !== undefined,
  );
  return name === undefined ? 'metadata.name' : annotationField(name, world);
}

function cause({ location, reason }: DecisionRecord, owner: ObjectName, field: string, world: World): string {
  const name = /\/([\w-]+)\]$/.exec(field)?.[1];
  const what = reason === 'denied' ? ` (${location?.directives.denied})` : '';
  return name === undefined ? what : ` (${name} of ${spell(owner)}${place(world, owner, field)})`;
}
