import { describe, expect, it } from 'vitest';
import * as field from './field-error.ts';
import { GoLiteral, goIntOrString, goQuote, goStringMap, goStrings } from './go-syntax.ts';

describe('formatFieldError', () => {
  const cases: readonly [field.FieldError, string][] = [
    [
      field.invalid('spec.replicas', -1, 'must be greater than or equal to 0'),
      'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
    [field.required('spec.ports'), 'spec.ports: Required value'],
    [field.required('spec.x', 'must be given'), 'spec.x: Required value: must be given'],
    [field.duplicate('spec.ports[1].name', 'http'), 'spec.ports[1].name: Duplicate value: "http"'],
    [field.notFound('a[0].name', 'data'), 'a[0].name: Not found: "data"'],
    [field.forbidden('spec.clusterIPs', 'may not be set'), 'spec.clusterIPs: Forbidden: may not be set'],
    [
      field.notSupported('spec.type', 'tcp', ['SCTP', 'TCP']),
      'spec.type: Unsupported value: "tcp": supported values: "SCTP", "TCP"',
    ],
    [field.notSupported('spec.type', 'tcp', []), 'spec.type: Unsupported value: "tcp"'],
    [field.tooLong('metadata.name', 'x', 253), 'metadata.name: Too long: may not be more than 253 bytes'],
    [field.tooMany('endpoints', 1001, 1000), 'endpoints: Too many: 1001: must have at most 1000 items'],
    [field.tooMany('endpoints', 2, 1), 'endpoints: Too many: 2: must have at most 1 item'],
    [field.typeInvalid('spec', true, 'must be a string'), 'spec: Invalid value: true: must be a string'],
    [field.invalid('spec.x', null, 'no'), 'spec.x: Invalid value: "null": no'],
    [field.invalid('spec.x', undefined, ''), 'spec.x: Invalid value: "null"'],
    [field.invalid('spec.x', 'a"b\\c\n\u0001\u200b💧', ''), 'spec.x: Invalid value: "a\\"b\\\\c\\n\\x01\\u200b💧"'],
    [field.invalid('x', ['10.96.0.61'], ''), 'x: Invalid value: []string{"10.96.0.61"}'],
    [field.invalid('x', { b: '2', app: 'api' }, ''), 'x: Invalid value: map[string]string{"app":"api", "b":"2"}'],
    [
      field.invalid('x', { a: [1, null] }, ''),
      'x: Invalid value: map[string]interface {}{"a":[]interface {}{1, interface {}(nil)}}',
    ],
    [field.invalid('x', new GoLiteral('v1.LabelSelector{}'), ''), 'x: Invalid value: v1.LabelSelector{}'],
    [
      field.invalid('x', goIntOrString('25'), ''),
      'x: Invalid value: intstr.IntOrString{Type:1, IntVal:0, StrVal:"25"}',
    ],
    [field.invalid('x', goIntOrString(0), ''), 'x: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}'],
    [field.invalid('x', goStrings(undefined), ''), 'x: Invalid value: []string(nil)'],
    [field.invalid('x', goStringMap(undefined), ''), 'x: Invalid value: map[string]string(nil)'],
    [field.invalid('x', goStringMap({ b: '2', a: '1' }), ''), 'x: Invalid value: map[string]string{"a":"1", "b":"2"}'],
  ];
  it.each(cases)('%o', (error, text) => expect(field.formatFieldError(error)).toBe(text));
});

describe('toAggregate', () => {
  const a = field.required('a');
  const b = field.required('b');
  it('prints none, one and several as Go does, equal texts once', () => {
    expect(field.toAggregate([])).toBe('');
    expect(field.toAggregate([a, a])).toBe('a: Required value');
    expect(field.toAggregate([a, b, a])).toBe('[a: Required value, b: Required value]');
  });
});

describe('goQuote', () => {
  it.each([
    ['\u0007\b\f\r\t\v\u007f', '"\\a\\b\\f\\r\\t\\v\\x7f"'],
    ['\u00a0', '"\\u00a0"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['\ud800', '"\ufffd"'],
    ['ä “x”', '"ä “x”"'],
  ])('%j', (text, quoted) => expect(goQuote(text)).toBe(quoted));
});
