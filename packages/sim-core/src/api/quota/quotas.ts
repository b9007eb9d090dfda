import { groupResource, type Kind } from '../../apimachinery/kind.ts';
import type { KubeObject } from '../../apimachinery/object-meta.ts';
import { persistentVolumeClaims } from '../core-v1/persistent-volume-claim.ts';
import { pods } from '../core-v1/pod.ts';
import type { ResourceQuota } from '../core-v1/resource-quota.ts';
import { services } from '../core-v1/service.ts';
import type { Evaluator, ScopeRequirement } from './evaluator.ts';
import { objectCountEvaluator } from './object-count.ts';
import { persistentVolumeClaimsEvaluator } from './persistent-volume-claims.ts';
import { podsEvaluator } from './pods.ts';
import { servicesEvaluator } from './services.ts';

/** Finds how a kind counts against quotas, and remembers it. */
export function quotaEvaluators(): (kind: Kind) => Evaluator {
  const known = new Map<string, Evaluator>([
    [groupResource(pods), podsEvaluator()],
    [groupResource(services), servicesEvaluator],
    [groupResource(persistentVolumeClaims), persistentVolumeClaimsEvaluator],
  ]);
  return (kind) => {
    const resource = groupResource(kind);
    const evaluator = known.get(resource) ?? objectCountEvaluator(kind);
    known.set(resource, evaluator);
    return evaluator;
  };
}

/** All rows of a quota's scopes (getScopeSelectorsFromQuota). */
export function scopesOf({ spec }: ResourceQuota): ScopeRequirement[] {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
}

/** Whether the quota counts the object: it limits something of its kind, and the object is in every scope (generic.Matches). */
export function quotaMatches(
  quota: ResourceQuota,
  hard: readonly string[],
  evaluator: Evaluator,
  object: KubeObject,
): boolean {
  if (evaluator.matchingResources(hard).length === 0) return false;
  return scopesOf(quota).every((scope) => evaluator.matchesScope(scope, object));
}
