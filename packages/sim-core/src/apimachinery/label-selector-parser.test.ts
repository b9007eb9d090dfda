import { describe, expect, it } from 'vitest';
import { formatLabelSelector, type LabelSelectorRequirement, matchesSelector } from './label-selector.ts';
import { parseLabelSelector } from './label-selector-parser.ts';

describe('parseLabelSelector', () => {
  it.each<[string, LabelSelectorRequirement[]]>([
    ['', []],
    ['  ', []],
    ['a=b', [{ key: 'a', operator: 'In', values: ['b'] }]],
    ['a == b', [{ key: 'a', operator: 'In', values: ['b'] }]],
    ['a!=b', [{ key: 'a', operator: 'NotIn', values: ['b'] }]],
    ['a=', [{ key: 'a', operator: 'In', values: [''] }]],
    ['a', [{ key: 'a', operator: 'Exists' }]],
    ['! a', [{ key: 'a', operator: 'DoesNotExist' }]],
    ['a>1', [{ key: 'a', operator: 'Gt', values: ['1'] }]],
    ['a<10', [{ key: 'a', operator: 'Lt', values: ['10'] }]],
    ['in=notin', [{ key: 'in', operator: 'In', values: ['notin'] }]],
    ['a notin ()', [{ key: 'a', operator: 'NotIn', values: [''] }]],
    ['a in (c,,b)', [{ key: 'a', operator: 'In', values: ['', 'b', 'c'] }]],
    ['a in (in,in)', [{ key: 'a', operator: 'In', values: ['in'] }]],
    ['a in (,)', [{ key: 'a', operator: 'In', values: [''] }]],
    [
      'c in (d), x/a = 1 ,!b',
      [
        { key: 'b', operator: 'DoesNotExist' },
        { key: 'c', operator: 'In', values: ['d'] },
        { key: 'x/a', operator: 'In', values: ['1'] },
      ],
    ],
  ])('%j', (text, rows) => expect(parseLabelSelector(text)).toEqual({ matchExpressions: rows }));

  it.each<[string, string]>([
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a=b,', "found '', expected: identifier after ','"],
    [',a', "found ',', expected: !, identifier, or 'end of string'"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['!=a', "found '!=', expected: !, identifier, or 'end of string'"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (b c)', "unable to parse requirement: found 'c', expected: ',' or ')'"],
    ['a=(', "unable to parse requirement: found '(', expected: identifier"],
    [
      'a>x',
      "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrowError(expect.objectContaining({ message }));
  });

  it('checks keys and values', () => {
    expect(() => parseLabelSelector('a/b/c=d')).toThrow(
      'unable to parse requirement: <nil>: Invalid value: "a/b/c": a qualified name',
    );
    // A negative number is no label value, so not even a bound can be one.
    expect(() => parseLabelSelector('a<-1')).toThrow('values[0][a]: Invalid value: "-1": a valid label');
    expect(() => parseLabelSelector('a=-')).toThrow(
      'unable to parse requirement: values[0][a]: Invalid value: "-": a valid label',
    );
  });

  it('selects, and prints what it read', () => {
    const selector = parseLabelSelector('app in (web,api),tier!=test,!legacy');
    expect(matchesSelector(selector, { app: 'web' })).toBe(true);
    expect(matchesSelector(selector, { app: 'web', tier: 'test' })).toBe(false);
    expect(matchesSelector(selector, { app: 'web', legacy: '' })).toBe(false);
    expect(matchesSelector(parseLabelSelector(''), undefined)).toBe(true);
    expect(formatLabelSelector(selector)).toBe('app in (api,web),!legacy,tier notin (test)');
  });
});
