import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import { ALL, urlCovers } from './rule-allows.ts';

/** The part of `wanted` that `owned` does not hold, in single rules (policy_comparator.go Covers). */
export function missingRules(owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] {
  return wanted.flatMap(breakDown).filter((single) => !owned.some((rule) => ruleCovers(rule, single)));
}

/** Rules with one verb, one group, one resource and at most one name, or one verb and one path (`BreakdownRule`). */
function breakDown(rule: PolicyRule): PolicyRule[] {
  const { verbs = [], nonResourceURLs } = rule;
  const resources = (rule.apiGroups ?? []).flatMap((group) =>
    (rule.resources ?? []).flatMap((resource) => verbs.flatMap((verb) => named(group, resource, verb, rule))),
  );
  const paths = (nonResourceURLs ?? []).flatMap((url) =>
    verbs.map((verb) => ({ nonResourceURLs: [url], verbs: [verb] })),
  );
  return [...resources, ...paths];
}

function named(group: string, resource: string, verb: string, { resourceNames }: PolicyRule): PolicyRule[] {
  const single = { apiGroups: [group], resources: [resource], verbs: [verb] };
  return resourceNames?.length ? resourceNames.map((name) => ({ ...single, resourceNames: [name] })) : [single];
}

function ruleCovers(owner: PolicyRule, single: PolicyRule): boolean {
  return (
    hasAll(owner.verbs, single.verbs) &&
    hasAll(owner.apiGroups, single.apiGroups) &&
    (single.resources ?? []).every((resource) => coversResource(owner.resources ?? [], resource)) &&
    (single.nonResourceURLs ?? []).every((path) => owner.nonResourceURLs?.some((url) => urlCovers(url, path))) &&
    coversNames(owner.resourceNames ?? [], single.resourceNames ?? [])
  );
}

function hasAll(list: readonly string[] = [], words: readonly string[] = []): boolean {
  return list.includes(ALL) || words.every((word) => list.includes(word));
}

function coversResource(list: readonly string[], resource: string): boolean {
  const slash = resource.indexOf('/');
  return list.includes(ALL) || list.includes(resource) || (slash > 0 && list.includes(ALL + resource.slice(slash)));
}

function coversNames(owned: readonly string[], names: readonly string[]): boolean {
  return owned.length === 0 || (names.length > 0 && names.every((name) => owned.includes(name)));
}

/** Puts the verbs of rules about the same resource together (pkg/registry/rbac/validation/policy_compact.go CompactRules). */
export function compactRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const simple = new Map<string, PolicyRule>();
  const others: PolicyRule[] = [];
  for (const rule of rules) {
    if (rule.nonResourceURLs !== undefined) {
      others.push(rule);
      continue;
    }
    const key = JSON.stringify([rule.apiGroups, rule.resources, rule.resourceNames]);
    const known = simple.get(key);
    simple.set(key, known === undefined ? rule : { ...known, verbs: [...known.verbs, ...rule.verbs] });
  }
  return [...others, ...simple.values()];
}
