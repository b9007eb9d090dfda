import { ingresses } from '../api/networking-v1/ingress.ts';
import { annotationDrops } from '../doctor/checks/annotation-values.ts';
import { canaryMarked } from '../doctor/checks/canary-marked.ts';
import { canaryRivals } from '../doctor/checks/canary-rivals.ts';
import { canaryWithoutMain } from '../doctor/checks/canary-without-main.ts';
import { ingressClass } from '../doctor/checks/ingress-class.ts';
import { reloadFailed } from '../doctor/checks/reload-failed.ts';
import type { Check } from '../doctor/finding.ts';
import type { DoctorFinding } from '../wire.ts';
import type { Scene } from './scene.ts';

/** Why a rule that was written is not there, the widest reason first. */
const LOSSES: readonly Check[] = Object.freeze([
  reloadFailed,
  ingressClass,
  annotationDrops,
  canaryRivals,
  canaryWithoutMain,
  canaryMarked,
]);

/** What is wrong with Ingresses that have a rule for the request's host, and yet do not serve it. */
export function lostRules(scene: Scene): DoctorFinding[] {
  return LOSSES.flatMap(({ check }) => check(scene.world)).filter(
    (finding) => finding.severity === 'error' && (finding.reason === 'ReloadFailed' || hasHost(scene, finding.object)),
  );
}

function hasHost({ world, record }: Scene, object: DoctorFinding['object']): boolean {
  const ingress = object && world.client.get(ingresses, object.namespace, object.name);
  return (ingress?.spec.rules ?? []).some(({ host = '' }) => {
    const name = host.toLowerCase();
    return (
      name === record.host || (name.startsWith('*.') && record.host.slice(record.host.indexOf('.')) === name.slice(1))
    );
  });
}
