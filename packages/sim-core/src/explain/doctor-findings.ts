import { type Ingress, ingresses } from '../api/networking-v1/ingress.ts';
import { annotationNames } from '../doctor/annotation.ts';
import { isCanary, mainIngresses } from '../doctor/canary.ts';
import { CANARY_CHECKS } from '../doctor/canary-doctor.ts';
import { annotationDrops } from '../doctor/checks/annotation-values.ts';
import { canaryRefused } from '../doctor/checks/canary-refused.ts';
import { nearestPath } from '../doctor/checks/canary-without-main.ts';
import { ingressClass } from '../doctor/checks/ingress-class.ts';
import { reloadFailed } from '../doctor/checks/reload-failed.ts';
import type { Check } from '../doctor/finding.ts';
import { pathsOf } from '../doctor/ingress-paths.ts';
import type { World } from '../doctor/world.ts';
import type { DoctorFinding } from '../wire.ts';
import type { Scene } from './scene.ts';

/** Why a change, or a canary, has no effect, in the order in which to look. */
const CHECKS: readonly Check[] = Object.freeze([
  reloadFailed,
  canaryRefused,
  ingressClass,
  annotationDrops,
  ...CANARY_CHECKS,
]);

/**
 * What the doctor says that a request alone would not tell: nginx refused the newest configuration; it came to a main whose
 * canary gets nothing, or to nobody although a canary has its host.
 * @param told what is said of the request already
 */
export function doctorFindings(scene: Scene, told: string): DoctorFinding[] {
  const { record, world } = scene;
  if (record.toCanary || record.configuration === undefined) return [];
  const findings = CHECKS.flatMap(({ check }) => check(world));
  const found = findings.filter((finding) => getsNothing(finding) && concerns(finding, scene));
  return found.filter(
    ({ message }, index) =>
      !told.toLowerCase().includes(message.toLowerCase()) &&
      found.findIndex((each) => each.message === message) === index,
  );
}

/** Errors are about canaries that get nothing; of warnings only the one of a weight that lets nobody in. */
function getsNothing({ severity, reason }: DoctorFinding): boolean {
  return severity === 'error' || reason === 'CanaryGetsNothing' || reason === 'IngressNotServed';
}

function concerns({ object, reason }: DoctorFinding, scene: Scene): boolean {
  if (reason === 'ReloadFailed') return true;
  if (object === undefined) return false;
  const { source } = scene.record.location ?? {};
  const isOwn = source?.namespace === object.namespace && source.ingress === object.name;
  if (isOwn && reason === 'CanaryUnreached') return true;
  const canary = canaryNamed(scene, object);
  return canary !== undefined && (hasHost(canary, scene.record.host) || standsBeside(canary, scene));
}

/** An Ingress that is a canary or was meant as one, also one that was refused. */
function canaryNamed({ world }: Scene, { namespace, name }: NonNullable<DoctorFinding['object']>): Ingress | undefined {
  const stored = world.client.get(ingresses, namespace, name);
  if (stored !== undefined) return isCanary(stored, world) || isMeant(stored, world) ? stored : undefined;
  const refused = world.refused.find((each) => each.name === name && (each.namespace || 'default') === namespace);
  return refused?.manifest as Ingress | undefined;
}

function isMeant(ingress: Ingress, world: World): boolean {
  return annotationNames(ingress, world).some((name) => name.startsWith('canary-'));
}

function hasHost(ingress: Ingress, host: string): boolean {
  return rulesOf(ingress).some(({ host: own = '' }) => {
    const name = String(own).toLowerCase();
    return name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));
  });
}

/** Whether the main that the request came to is the one that the canary resembles most. */
function standsBeside(canary: Ingress, { record, world }: Scene): boolean {
  const { source } = record.location ?? {};
  const mains = mainIngresses(world).flatMap(pathsOf);
  if (source === undefined || !Array.isArray(canary.spec?.rules)) return false;
  return pathsOf(canary).some((path) => {
    const near = nearestPath(path, mains);
    return near?.object.namespace === source.namespace && near.object.name === source.ingress;
  });
}

/** A refused manifest may have anything in place of its rules. */
function rulesOf({ spec }: Ingress): readonly { readonly host?: string }[] {
  return Array.isArray(spec?.rules) ? spec.rules : [];
}
