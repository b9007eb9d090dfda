import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PolicyRule } from '../../../api/rbac-v1/role.ts';
import { resourceAttributes } from '../attributes.ts';
import { compactRules, missingRules } from './covers.ts';
import { ruleAllows } from './rule-allows.ts';

const pods = (...verbs: string[]): PolicyRule => ({ apiGroups: [''], resources: ['pods'], verbs });

test('what is held is not missing, verb by verb', () => {
  expect(missingRules([pods('get'), pods('list')], [pods('get', 'list')])).toEqual([]);
  expect(missingRules([pods('get')], [pods('get', 'list', 'watch')])).toEqual([pods('list'), pods('watch')]);
});

test('a rule with names does not cover one without', () => {
  const named = { ...pods('get'), resourceNames: ['web'] };
  expect(missingRules([named], [pods('get')])).toEqual([pods('get')]);
  expect(missingRules([pods('get')], [named])).toEqual([]);
  expect(missingRules([named], [{ ...named, resourceNames: ['web', 'api'] }])).toEqual([
    { ...pods('get'), resourceNames: ['api'] },
  ]);
});

test('a rule about paths is covered by paths only', () => {
  const metrics: PolicyRule = { nonResourceURLs: ['/metrics'], verbs: ['get'] };
  expect(missingRules([pods('*')], [metrics])).toEqual([metrics]);
  expect(missingRules([{ nonResourceURLs: ['/met*'], verbs: ['*'] }], [metrics])).toEqual([]);
});

test('verbs about one resource are put together', () => {
  expect(compactRules([pods('get'), pods('list')])).toEqual([pods('get', 'list')]);
});

const word = fc.constantFrom('a', 'b', '*');
const rules = fc.array(
  fc.record({
    apiGroups: fc.array(word, { minLength: 1, maxLength: 2 }),
    resources: fc.array(fc.constantFrom('a', 'b', 'a/x', '*/x', '*'), { minLength: 1, maxLength: 2 }),
    verbs: fc.array(word, { minLength: 1, maxLength: 2 }),
  }),
  { maxLength: 4 },
);
const asked = fc.record({ verb: word, apiGroup: word, resource: word, subresource: fc.constantFrom('', 'x') });

test('rules that miss nothing allow all that the others allow', () => {
  fc.assert(
    fc.property(rules, rules, asked, (owned, wanted, given) => {
      const attributes = resourceAttributes({ name: 'someone', groups: [] }, given);
      const allowed = (list: PolicyRule[]) => list.some((rule) => ruleAllows(rule, attributes));
      fc.pre(missingRules(owned, wanted).length === 0);
      return !allowed(wanted) || allowed(owned);
    }),
  );
});

test('with what was missing nothing is missing', () => {
  fc.assert(
    fc.property(rules, rules, (owned, wanted) => {
      return missingRules([...owned, ...missingRules(owned, wanted)], wanted).length === 0;
    }),
  );
});
