import type { Kind } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';

/**
 * A kind whose objects nobody stores: they are worked out when they are asked for, as an aggregated API server such as the
 * metrics-server does. It can be read (`get`, `list`) and nothing else; `kind.verbs` says so.
 */
export interface ComputedKind {
  readonly kind: Kind;
  /** Objects of one namespace or (undefined) of all. */
  list(namespace: string | undefined): readonly KubeObject[];
  /** @param namespace '' for kinds without one */
  get(namespace: string, name: string): KubeObject | undefined;
}
