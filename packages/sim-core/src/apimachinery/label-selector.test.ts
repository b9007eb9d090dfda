import { describe, expect, it } from 'vitest';
import { formatFieldError } from './field-error.ts';
import {
  formatLabelSelector,
  isEmptySelector,
  matchesLabels,
  matchesRequirement,
  matchesSelector,
  validateLabelSelector,
} from './label-selector.ts';

describe('matchesSelector', () => {
  it('selects nothing when absent and everything when empty', () => {
    expect(matchesSelector(undefined, { a: '1' })).toBe(false);
    expect(matchesSelector({}, { a: '1' })).toBe(true);
    expect(matchesSelector({ matchLabels: {}, matchExpressions: [] }, undefined)).toBe(true);
  });

  it('wants every row', () => {
    const selector = { matchLabels: { a: '1' }, matchExpressions: [{ key: 'b', operator: 'In', values: ['2', '3'] }] };
    expect(matchesSelector(selector, { a: '1', b: '3' })).toBe(true);
    expect(matchesSelector(selector, { a: '1', b: '4' })).toBe(false);
    expect(matchesSelector(selector, { a: '1' })).toBe(false);
    expect(matchesSelector(selector, { b: '2' })).toBe(false);
    expect(matchesSelector(selector, undefined)).toBe(false);
  });

  it.each([
    ['In', ['x'], false],
    ['NotIn', ['x'], true],
    ['Exists', undefined, false],
    ['DoesNotExist', undefined, true],
    ['Unknown', undefined, false],
  ])('%s on a missing key', (operator, values, expected) => {
    expect(matchesRequirement({ key: 'k', operator, values }, {})).toBe(expected);
    expect(matchesRequirement({ key: 'constructor', operator, values }, {})).toBe(expected);
  });
});

describe('Gt and Lt', () => {
  it.each<[string, string | undefined, string, boolean]>([
    ['Gt', '5', '4', true],
    ['Gt', '4', '4', false],
    ['Lt', '-1', '0', true],
    ['Lt', '10', '9', false],
    ['Gt', 'x', '4', false],
    ['Lt', 'x', '4', false],
    ['Gt', '5', 'x', false],
    ['Lt', undefined, '4', false],
  ])('%s: %s against %s', (operator, value, bound, expected) => {
    const labels: Record<string, string> = value === undefined ? {} : { k: value };
    expect(matchesRequirement({ key: 'k', operator, values: [bound] }, labels)).toBe(expected);
  });
});

describe('formatLabelSelector', () => {
  it('sorts by key and prints as kubectl does', () => {
    const matchExpressions = [
      { key: 'tier', operator: 'In', values: ['b', 'a'] },
      { key: 'b', operator: 'NotIn', values: ['x'] },
      { key: 'a', operator: 'Exists' },
      { key: 'c', operator: 'DoesNotExist' },
      { key: 'd', operator: 'Gt', values: ['1'] },
    ];
    const text = 'a,app=web,b notin (x),!c,d>1,tier in (a,b)';
    expect(formatLabelSelector({ matchLabels: { app: 'web' }, matchExpressions })).toBe(text);
    expect(formatLabelSelector({})).toBe('');
  });
});

describe('matchesLabels', () => {
  it('compares own labels only', () => {
    expect(matchesLabels({}, undefined)).toBe(true);
    expect(matchesLabels({ a: '' }, {})).toBe(false);
    expect(matchesLabels({ a: '1' }, { a: '1', b: '2' })).toBe(true);
  });
});

describe('validateLabelSelector', () => {
  it('accepts absent and well-formed selectors', () => {
    expect(validateLabelSelector(undefined, 'spec.selector')).toEqual([]);
    const row = { key: 'example.com/tier', operator: 'NotIn', values: ['', 'web'] };
    expect(validateLabelSelector({ matchLabels: { app: 'web' }, matchExpressions: [row] }, 's')).toEqual([]);
  });

  it("answers in the API server's words", () => {
    const rows = [
      { key: 'a', operator: 'In' },
      { key: 'b', operator: 'Exists', values: ['x'] },
      { key: 'c', operator: 'Equals', values: ['x y'] },
    ];
    const texts = validateLabelSelector({ matchLabels: { app: 'a b' }, matchExpressions: rows }, 'spec.selector');
    expect(texts.map(formatFieldError)).toEqual([
      expect.stringContaining('spec.selector.matchLabels: Invalid value: "a b": a valid label must be'),
      "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
      "spec.selector.matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      'spec.selector.matchExpressions[2].operator: Invalid value: "Equals": not a valid selector operator',
      expect.stringContaining('spec.selector.matchExpressions[2].values[0]: Invalid value: "x y"'),
    ]);
  });
});

describe('isEmptySelector', () => {
  it('looks at both halves', () => {
    expect(isEmptySelector({})).toBe(true);
    expect(isEmptySelector({ matchLabels: { a: '1' } })).toBe(false);
    expect(isEmptySelector({ matchExpressions: [{ key: 'a', operator: 'Exists' }] })).toBe(false);
  });
});
