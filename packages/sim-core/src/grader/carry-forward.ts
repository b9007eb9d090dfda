import type { KubeObject } from '../apimachinery/object-meta.ts';
import { isFields, type ManifestDocument } from '../manifest/document.ts';
import { pathOf } from './api/discovery.ts';
import { type Bindings, bindRoles, type Candidates } from './binding/bind.ts';
import { bound, spellObject } from './binding/binding.ts';
import { isRole, type Role } from './binding/roles.ts';
import type { CheckDocument } from './exercise/document.ts';
import type { ExercisePack } from './exercise/exercise-pack.ts';
import { Names, NEEDS } from './reference-names.ts';
import type { Session } from './session.ts';

/**
 * Puts the reference solution's objects in the place of the student's for the roles of a check that is not passed, with the
 * names, namespace and host that the student chose, so that later checks look at their own subject.
 * @returns whether it was done
 */
export async function carryForward(check: CheckDocument, pack: ExercisePack, session: Session): Promise<boolean> {
  const reference = bindReference(pack.solution);
  const { bindings } = session;
  const roles = check.carryForward.filter(isRole).flatMap((role) => [role, ...missingNeeds(role, bindings, reference)]);
  const wanted = [...new Set(roles)].filter((role) => bound(reference[role]) !== undefined);
  if (wanted.length === 0) return false;
  const names = new Names(bindings, reference, wanted);
  for (const role of wanted) {
    const theirs = bound(bindings[role]);
    const ours = names.rewrite(bound(reference[role]) as KubeObject, role);
    if (theirs !== undefined) await remove(theirs, session);
    const outcome = await put(ours, session, theirs !== undefined);
    if (outcome === 'refused') return false;
    // One of that name is the student's own: it only lacked what led to it.
    if (outcome === 'there already') continue;
    const whose = theirs === undefined ? 'for what is missing' : `for your ${spellObject(theirs)}`;
    session.remarks.push(
      `from check ${check.id} on, ${spellObject(ours)} of the reference solution stands in ${whose}; that costs the ${check.points} points of ${check.id}, and no more`,
    );
  }
  await session.settle();
  return true;
}

/** Roles of the reference, from its documents alone. */
function bindReference(solution: readonly ManifestDocument[]): Bindings {
  const objects = solution.map(({ value }) => {
    const metadata = isFields(value['metadata']) ? value['metadata'] : {};
    return { ...value, metadata: { namespace: 'default', ...metadata } } as unknown as KubeObject;
  });
  const of = (...kinds: string[]) => objects.filter(({ kind }) => kinds.includes(kind));
  return bindRoles({
    ingresses: of('Ingress'),
    services: of('Service'),
    workloads: of('Deployment', 'StatefulSet', 'DaemonSet'),
    secrets: of('Secret'),
    isSubmitted: () => true,
    images: new Set(),
  } as unknown as Candidates);
}

function missingNeeds(role: Role, bindings: Bindings, reference: Bindings): Role[] {
  return (NEEDS[role] ?? []).filter(
    (each) => bound(bindings[each]) === undefined && bound(reference[each]) !== undefined,
  );
}

async function remove({ apiVersion, kind, metadata }: KubeObject, { target, objects }: Session): Promise<void> {
  const resource = await objects.discovery.find(apiVersion, kind);
  if (resource === undefined) return;
  await target.kubernetes('DELETE', pathOf(resource, metadata.namespace ?? '', metadata.name), {
    propagationPolicy: 'Foreground',
  });
}

/** Puts an object there. @param wasRemoved one of the same name may be on its way out still */
async function put(
  object: KubeObject,
  session: Session,
  wasRemoved: boolean,
): Promise<'made' | 'there already' | 'refused'> {
  const { target, objects } = session;
  const resource = await objects.discovery.find(object.apiVersion, object.kind);
  if (resource === undefined) return 'refused';
  for (let tries = 0; tries < 60; tries++) {
    const { status } = await target.kubernetes('POST', pathOf(resource, object.metadata.namespace ?? ''), object);
    if (status < 300) {
      session.adopt(object);
      return 'made';
    }
    if (status !== 409) return 'refused';
    if (!wasRemoved) return 'there already';
    await target.wait(1_000);
  }
  return 'refused';
}
