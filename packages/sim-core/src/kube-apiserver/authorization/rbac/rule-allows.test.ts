import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import { pathAttributes, resourceAttributes } from '../attributes.ts';
import { ruleAllows } from './rule-allows.ts';

const user = { name: 'someone', groups: [] };
const pods: PolicyRule = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const ask = (verb: string, resource: string, more = {}) => resourceAttributes(user, { verb, resource, ...more });

describe('a rule about resources', () => {
  test('allows its verbs on its resources in its groups', () => {
    expect(ruleAllows(pods, ask('list', 'pods'))).toBe(true);
    expect(ruleAllows(pods, ask('delete', 'pods'))).toBe(false);
    expect(ruleAllows(pods, ask('list', 'services'))).toBe(false);
    expect(ruleAllows(pods, ask('list', 'pods', { apiGroup: 'metrics.k8s.io' }))).toBe(false);
  });

  test('says nothing of subresources, unless it names them or those of everything', () => {
    expect(ruleAllows(pods, ask('get', 'pods', { subresource: 'log' }))).toBe(false);
    expect(ruleAllows({ ...pods, resources: ['pods/log'] }, ask('get', 'pods', { subresource: 'log' }))).toBe(true);
    expect(ruleAllows({ ...pods, resources: ['pods/log'] }, ask('get', 'pods'))).toBe(false);
    const scale: PolicyRule = { apiGroups: ['*'], resources: ['*/scale'], verbs: ['update'] };
    expect(ruleAllows(scale, ask('update', 'deployments', { apiGroup: 'apps', subresource: 'scale' }))).toBe(true);
    expect(ruleAllows(scale, ask('update', 'deployments', { apiGroup: 'apps', subresource: 'status' }))).toBe(false);
    expect(ruleAllows(scale, ask('update', 'deployments', { apiGroup: 'apps' }))).toBe(false);
  });

  test('with names allows only those objects, and no collection', () => {
    const named = { ...pods, resourceNames: ['web'] };
    expect(ruleAllows(named, ask('get', 'pods', { name: 'web' }))).toBe(true);
    expect(ruleAllows(named, ask('get', 'pods', { name: 'api' }))).toBe(false);
    expect(ruleAllows(named, ask('list', 'pods'))).toBe(false);
  });

  test('does not break on members that are null', () => {
    const odd = { verbs: ['get'], apiGroups: null, resources: null } as unknown as PolicyRule;
    expect(ruleAllows(odd, ask('get', 'pods'))).toBe(false);
  });
});

test('paths end in a star that covers what is below', () => {
  const rule: PolicyRule = { nonResourceURLs: ['/healthz/*', '/version'], verbs: ['get'] };
  const asked = (path: string) => ruleAllows(rule, pathAttributes(user, 'get', path));
  expect(['/healthz/etcd', '/version', '/healthz', '/version/'].map(asked)).toEqual([true, true, false, false]);
  expect(ruleAllows({ nonResourceURLs: ['*'], verbs: ['*'] }, pathAttributes(user, 'post', '/x'))).toBe(true);
});

const word = fc.constantFrom('a', 'b', '*');
const rules = fc.array(
  fc.record({
    apiGroups: fc.array(word, { minLength: 1 }),
    resources: fc.array(fc.constantFrom('a', 'b', 'a/x', '*/x', '*'), { minLength: 1 }),
    verbs: fc.array(word, { minLength: 1 }),
  }),
);
const asked = fc.record({ verb: word, apiGroup: word, resource: word, subresource: fc.constantFrom('', 'x') });

test('more rules never allow less', () => {
  fc.assert(
    fc.property(rules, rules, asked, (some, more, given) => {
      const allowed = (list: PolicyRule[]) => list.some((rule) => ruleAllows(rule, resourceAttributes(user, given)));
      return !allowed(some) || allowed([...more, ...some]);
    }),
  );
});

test('the star of a verb stands for every verb', () => {
  fc.assert(
    fc.property(rules, asked, (list, given) => {
      const attributes = resourceAttributes(user, given);
      return list.every((rule) => !ruleAllows(rule, attributes) || ruleAllows({ ...rule, verbs: ['*'] }, attributes));
    }),
  );
});
