import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  goQuantity,
  parseQuantity,
  quantityError,
  quantityMilliValue,
  quantityValue,
} from './quantity.ts';

describe('canonical form', () => {
  it.each<[string | number, string]>([
    ['0', '0'],
    ['-0', '0'],
    ['100m', '100m'],
    ['0.1', '100m'],
    ['.5', '500m'],
    ['1.', '1'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['1024', '1024'],
    ['0.5Mi', '512Ki'],
    ['0.5Ki', '512'],
    ['1.1Ki', '1126400m'],
    ['1000k', '1M'],
    ['128974848', '128974848'],
    ['129e6', '129e6'],
    ['129000e3', '129e6'],
    ['1e3', '1e3'],
    ['1E', '1E'],
    ['1000E', '1e21'],
    ['-1Mi', '-1Mi'],
    ['-100m', '-100m'],
    ['+2', '2'],
    ['0.1n', '1n'],
    ['100Ei', '9223372036854775807'],
    [2, '2'],
    [0.5, '500m'],
  ])('%j → %s', (text, canonical) => expect(formatQuantity(parseQuantity(text))).toBe(canonical));

  it('keeps the amount', () => {
    const units = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'e-3');
    fc.assert(
      fc.property(fc.integer(), units, (number, unit) => {
        const quantity = parseQuantity(`${number}${unit}`);
        expect(compareQuantities(parseQuantity(formatQuantity(quantity)), quantity)).toBe(0);
      }),
    );
  });
});

describe('errors', () => {
  it.each(['', 'abc', '1Gib', '100MB', '1 Gi', '1.5.5', '1,5', 'true', '1'.repeat(1_000_000)])('%j', (text) => {
    expect(quantityError(text)).toBe(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  });
  it.each(['1K', '--1', '1mi', '1e', '1m5', '1e999999999'])('%j', (text) => {
    expect(quantityError(text)).toBe("unable to parse quantity's suffix");
    expect(() => parseQuantity(text)).toThrow("unable to parse quantity's suffix");
  });
});

describe('arithmetic', () => {
  it('compares across units', () => {
    expect(compareQuantities(parseQuantity('200m'), parseQuantity('0.1'))).toBe(1);
    expect(compareQuantities(parseQuantity('1Gi'), parseQuantity('1G'))).toBe(1);
    expect(compareQuantities(parseQuantity('-1'), parseQuantity('0'))).toBe(-1);
  });
  it('adds in the words of the first', () => {
    expect(formatQuantity(addQuantities(parseQuantity('0'), parseQuantity('64Mi')))).toBe('64Mi');
    expect(formatQuantity(addQuantities(parseQuantity('500m'), parseQuantity('1500m')))).toBe('2');
  });
  it('rounds up to units and thousandths', () => {
    expect(quantityValue(parseQuantity('1.5Gi'))).toBe(1610612736);
    expect(quantityValue(parseQuantity('100m'))).toBe(1);
    expect(quantityValue(parseQuantity('-100m'))).toBe(-1);
    expect(quantityMilliValue(parseQuantity('0.25'))).toBe(250);
    expect(quantityMilliValue(parseQuantity('1u'))).toBe(1);
  });
});

it.each<[string, string]>([
  ['2', 'value:2, scale:0 DecimalSI'],
  ['500m', 'value:500, scale:-3 DecimalSI'],
  ['1.5', 'value:15, scale:-1 DecimalSI'],
  ['3k', 'value:3, scale:3 DecimalSI'],
  ['1Gi', 'value:1073741824, scale:0 BinarySI'],
])('%s as Go prints it', (text, expected) => {
  const [amount, format] = expected.split(/ (?=\w+$)/);
  expect(goQuantity(text).text).toBe(
    `resource.Quantity{i:resource.int64Amount{${amount}}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:"${text}", Format:"${format}"}`,
  );
});
