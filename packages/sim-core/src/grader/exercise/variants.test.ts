import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillText, firstVariant, variantOf } from './variants.ts';

const VARIANTS = { weight: [5, 7, 10], header: ['FOO', 'BAR'] };

describe('variants', () => {
  it('are the same for a student always, and spread over the class', () => {
    expect(variantOf(VARIANTS, 'secret', 'ada')).toEqual(variantOf(VARIANTS, 'secret', 'ada'));
    const weights = Array.from({ length: 300 }, (_, n) => variantOf(VARIANTS, 'secret', `student-${n}`)['weight']);
    for (const weight of VARIANTS.weight) expect(weights.filter((each) => each === weight).length).toBeGreaterThan(60);
  });

  it('depend on the secret', () => {
    const classOf = (secret: string) => Array.from({ length: 40 }, (_, n) => variantOf(VARIANTS, secret, `${n}`));
    expect(classOf('a')).not.toEqual(classOf('b'));
  });

  it('are always of the list', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (secret, student) => {
        const { weight, header } = variantOf(VARIANTS, secret, student);
        expect(VARIANTS.weight).toContain(weight);
        expect(VARIANTS.header).toContain(header);
      }),
    );
    expect(firstVariant(VARIANTS)).toEqual({ weight: 5, header: 'FOO' });
  });

  it('fill in words and leave others alone', () => {
    expect(fillText('$weight % of $mainService, $weightless', { weight: 5 })).toBe('5 % of $mainService, $weightless');
  });
});
