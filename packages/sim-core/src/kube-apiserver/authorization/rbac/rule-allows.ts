import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import type { Attributes } from '../attributes.ts';

/** Stands for every verb, group, resource or path. */
export const ALL = '*';

type Asked = Omit<Attributes, 'user'>;

/** Whether one rule allows a request (plugin/pkg/auth/authorizer/rbac/rbac.go RuleAllows). */
export function ruleAllows(rule: PolicyRule, asked: Asked): boolean {
  if (!includes(rule.verbs, asked.verb)) return false;
  if (!asked.isResourceRequest) return urlMatches(rule.nonResourceURLs, asked.path);
  return (
    includes(rule.apiGroups, asked.apiGroup) &&
    resourceMatches(rule.resources, asked.resource, asked.subresource) &&
    nameMatches(rule.resourceNames, asked.name)
  );
}

function includes(list: readonly string[] | null | undefined, word: string): boolean {
  return list?.some((each) => each === ALL || each === word) ?? false;
}

/** A rule says `*`, `pods`, `pods/log`, or the scale subresource of everything. */
function resourceMatches(list: readonly string[] | null | undefined, resource: string, subresource: string): boolean {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`;
  const ofAny = subresource === '' ? undefined : `${ALL}/${subresource}`;
  return list?.some((each) => each === ALL || each === combined || each === ofAny) ?? false;
}

/** Without names a rule is about all objects. */
function nameMatches(list: readonly string[] | null | undefined, name: string): boolean {
  return !list?.length || list.includes(name);
}

function urlMatches(list: readonly string[] | null | undefined, path: string): boolean {
  return list?.some((url) => urlCovers(url, path)) ?? false;
}

/** Whether a path of a rule, which may end in `*`, covers another path (NonResourceURLMatches). */
export function urlCovers(url: string, path: string): boolean {
  return url === ALL || url === path || (url.endsWith(ALL) && path.startsWith(url.replace(/\*+$/, '')));
}
