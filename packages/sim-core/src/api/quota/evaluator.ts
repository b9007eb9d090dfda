import type { KubeObject } from '../../apimachinery/object-meta.ts';
import type { Amounts } from '../../apimachinery/resource-list.ts';

/** One row of a quota's scopes: `spec.scopes` are rows with the operator Exists (ScopedResourceSelectorRequirement). */
export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

/** How the objects of one kind count against quotas (pkg/quota/v1/evaluator/core). */
export interface Evaluator {
  /** Whether writes of this kind may be refused for a quota. */
  handles(operation: string): boolean;
  /** Which of these resource names speak of this kind. */
  matchingResources(names: readonly string[]): string[];
  /** Whether the object is in the scope. */
  matchesScope(scope: ScopeRequirement, object: KubeObject): boolean;
  /** What the object fails to say although the quota counts it; undefined when nothing. */
  missing?(required: readonly string[], object: KubeObject): string | undefined;
  usage(object: KubeObject): Amounts;
}
