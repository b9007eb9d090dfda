import { groupResource, type Kind } from '../../apimachinery/kind.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { Evaluator } from './evaluator.ts';

/** Kinds whose plain name counts them too (legacyObjectCountAliases). */
const ALIASES: readonly string[] = Object.freeze(['configmaps', 'resourcequotas', 'replicationcontrollers', 'secrets']);

/** A number of objects. */
export function count(objects: number): Quantity {
  return { nanos: BigInt(objects) * 1_000_000_000n, format: 'DecimalSI' };
}

/** `count/deployments.apps`: what any kind is counted as (generic.ObjectCountQuotaResourceNameFor). */
export function countName(kind: Pick<Kind, 'group' | 'resource'>): string {
  return `count/${groupResource(kind)}`;
}

/** Counts objects and nothing else (generic.NewObjectCountEvaluator). */
export function objectCountEvaluator(kind: Kind): Evaluator {
  const resource = groupResource(kind);
  const names = ALIASES.includes(resource) ? [countName(kind), resource] : [countName(kind)];
  const usage = Object.freeze(Object.fromEntries(names.map((name) => [name, count(1)])));
  return Object.freeze({
    handles: (operation: string) => operation === 'CREATE',
    matchingResources: (hard: readonly string[]) => hard.filter((name) => names.includes(name)),
    matchesScope: () => false,
    usage: () => usage,
  });
}
