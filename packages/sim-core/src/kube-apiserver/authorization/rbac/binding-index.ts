import { clusterRoleBindings } from '../../../api/rbac-v1/cluster-role-binding.ts';
import type { RoleRef, Subject } from '../../../api/rbac-v1/role-binding.ts';
import { roleBindings } from '../../../api/rbac-v1/role-binding.ts';
import { groupResource } from '../../../apimachinery/kind.ts';
import type { KubeObject } from '../../../apimachinery/object-meta.ts';
import type { Store } from '../../../etcd/store.ts';
import type { UserInfo } from '../../authentication/user-info.ts';
import { subjectKey } from './subjects.ts';

/** A RoleBinding or ClusterRoleBinding. */
export type Binding = KubeObject & { roleRef: RoleRef; subjects?: Subject[] | null };

/** A binding that applies to a user, and the subject that does it. */
export interface Bound {
  readonly order: number;
  readonly binding: Binding;
  readonly subject: Subject;
}

/** Of one namespace, or ('') of the cluster. */
interface Bindings {
  readonly user: Map<string, Bound[]>;
  readonly group: Map<string, Bound[]>;
}

/** Who is bound to what, by subject; read from the store again only after a binding has changed. */
export class BindingIndex {
  readonly #store: Store;
  #places: Map<string, Bindings> | undefined;

  constructor(store: Store) {
    this.#store = store;
    const watched = [groupResource(roleBindings), groupResource(clusterRoleBindings)];
    store.watch((resource) => {
      if (watched.includes(resource)) this.#places = undefined;
    });
  }

  /** Bindings of a namespace, or ('') of the cluster, that apply to the user; oldest first, each once. */
  of(user: UserInfo, namespace: string): Bound[] {
    this.#places ??= this.#read();
    const place = this.#places.get(namespace);
    if (place === undefined) return [];
    const found = [
      ...(place.user.get(user.name) ?? []),
      ...user.groups.flatMap((group) => place.group.get(group) ?? []),
    ];
    const sorted = found.sort((a, b) => a.order - b.order);
    return sorted.filter(({ binding }, i) => sorted[i - 1]?.binding !== binding);
  }

  #read(): Map<string, Bindings> {
    const places = new Map<string, Bindings>();
    const bindings = [
      ...this.#store.list(groupResource(clusterRoleBindings)),
      ...this.#store.list(groupResource(roleBindings)),
    ] as Binding[];
    let order = 0;
    for (const binding of bindings)
      for (const subject of binding.subjects ?? []) add(places, { order: order++, binding, subject });
    return places;
  }
}

function add(places: Map<string, Bindings>, bound: Bound): void {
  const { namespace = '' } = bound.binding.metadata;
  const key = subjectKey(bound.subject, namespace);
  if (key === undefined) return;
  const place = places.get(namespace) ?? { user: new Map(), group: new Map() };
  places.set(namespace, place);
  const list = place[key.kind].get(key.name) ?? [];
  place[key.kind].set(key.name, list);
  list.push(bound);
}
