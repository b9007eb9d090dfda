import type { Ingress } from '../api/networking-v1/ingress.ts';
import { deepCopy } from '../apimachinery/deep.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import type { Workload } from './api/objects.ts';
import type { Bindings } from './binding/bind.ts';
import { bound } from './binding/binding.ts';
import { hostOf } from './binding/ingress-function.ts';
import { ROLES, type Role } from './binding/roles.ts';

/** What an object of a role cannot do without: where the student has none, the reference's comes along. */
export const NEEDS: Partial<Record<Role, readonly Role[]>> = Object.freeze({
  $main: ['$mainService', '$mainDeployment'],
  $canary: ['$canaryService', '$canaryDeployment'],
  $mainService: ['$mainDeployment'],
  $canaryService: ['$canaryDeployment'],
  $service: ['$deployment'],
});

/** Names, namespace and host of the student, in the place of the reference's. */
export class Names {
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
