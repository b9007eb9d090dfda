import type { Ingress } from '../api/networking-v1/ingress.ts';
import { deepCopy } from '../apimachinery/deep.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { isFields, type ManifestDocument } from '../manifest/document.ts';
import { pathOf } from './api/discovery.ts';
import type { Workload } from './api/objects.ts';
import { type Bindings, bindRoles, type Candidates } from './binding/bind.ts';
import { bound, spellObject } from './binding/binding.ts';
import { hostOf } from './binding/ingress-function.ts';
import { isRole, ROLES, type Role } from './binding/roles.ts';
import type { CheckDocument } from './exercise/document.ts';
import type { ExercisePack } from './exercise/exercise-pack.ts';
import type { Session } from './session.ts';

/** What an object of a role cannot do without: where the student has none, the reference's comes along. */
const NEEDS: Partial<Record<Role, readonly Role[]>> = Object.freeze({
  $main: ['$mainService', '$mainDeployment'],
  $canary: ['$canaryService', '$canaryDeployment'],
  $mainService: ['$mainDeployment'],
  $canaryService: ['$canaryDeployment'],
  $service: ['$deployment'],
});

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
  } as unknown as Candidates);
}

function missingNeeds(role: Role, bindings: Bindings, reference: Bindings): Role[] {
  return (NEEDS[role] ?? []).filter(
    (each) => bound(bindings[each]) === undefined && bound(reference[each]) !== undefined,
  );
}

/** Names, namespace and host of the student, in the place of the reference's. */
class Names {
  readonly #bindings: Bindings;
  readonly #reference: Bindings;
  readonly #replaced: readonly Role[];
  readonly #namespace: string;

  constructor(bindings: Bindings, reference: Bindings, replaced: readonly Role[]) {
    this.#bindings = bindings;
    this.#reference = reference;
    this.#replaced = replaced;
    const players = ROLES.flatMap((role) => bound(bindings[role]) ?? []);
    this.#namespace = players[0]?.metadata.namespace ?? 'default';
  }

  /** The reference's object as the student would have written it. */
  rewrite(object: KubeObject, role: Role): KubeObject {
    const theirs = bound(this.#bindings[role]);
    const copy = deepCopy(object) as KubeObject & { spec?: Record<string, unknown> };
    const metadata = {
      ...copy.metadata,
      name: theirs?.metadata.name ?? copy.metadata.name,
      namespace: theirs?.metadata.namespace ?? this.#namespace,
    };
    if (object.kind === 'Ingress') return { ...copy, metadata, spec: this.#ingressSpec(copy as Ingress) } as KubeObject;
    if (object.kind === 'Service') return { ...copy, metadata, spec: this.#serviceSpec(copy, role) } as KubeObject;
    return { ...copy, metadata };
  }

  #ingressSpec({ spec }: Ingress): unknown {
    const host = this.#host();
    const rules = spec.rules?.map((rule) => ({
      ...rule,
      ...(host !== undefined && { host }),
      http: rule.http && {
        paths: rule.http.paths.map((path) => ({ ...path, backend: this.#backend(path.backend) })),
      },
    }));
    return { ...spec, ...(rules && { rules }) };
  }

  /** The main Ingress's host, unless that Ingress is the reference's itself. */
  #host(): string | undefined {
    const main = bound(this.#bindings.$main);
    if (main === undefined) return undefined;
    return hostOf(main as Ingress) || undefined;
  }

  #backend(backend: NonNullable<Ingress['spec']['defaultBackend']>): unknown {
    const role = this.#roleOf('Service', backend.service?.name ?? '');
    const theirs = role === undefined ? undefined : bound(this.#bindings[role]);
    if (role === undefined || theirs === undefined) return backend;
    const { spec } = theirs as KubeObject & { spec?: { ports?: { port: number }[] } };
    const port = this.#replaced.includes(role) ? backend.service?.port : { number: spec?.ports?.[0]?.port ?? 80 };
    return { service: { name: theirs.metadata.name, ...(port && { port }) } };
  }

  /** It selects the student's pods, where those are not replaced. */
  #serviceSpec({ spec = {} }: KubeObject & { spec?: Record<string, unknown> }, role: Role): unknown {
    const workloadRole = NEEDS[role]?.find((each) => each.endsWith('eployment'));
    const workload =
      workloadRole === undefined ? undefined : (bound(this.#bindings[workloadRole]) as Workload | undefined);
    if (workload === undefined || this.#replaced.includes(workloadRole as Role)) return spec;
    const { labels } = workload.spec.template.metadata ?? {};
    const port = workload.spec.template.spec.containers.flatMap(({ ports = [] }) => ports)[0]?.containerPort;
    const ports = Array.isArray(spec['ports']) ? (spec['ports'] as Record<string, unknown>[]) : [];
    return {
      ...spec,
      selector: labels,
      ports: ports.map((each) => ({ ...each, ...(port !== undefined && { targetPort: port }) })),
    };
  }

  #roleOf(kind: string, name: string): Role | undefined {
    return ROLES.find((role) => {
      const object = bound(this.#reference[role]);
      return object?.kind === kind && object.metadata.name === name;
    });
  }
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
