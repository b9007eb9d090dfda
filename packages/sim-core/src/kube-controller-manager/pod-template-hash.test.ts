import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeHash, equalIgnoreHash, POD_TEMPLATE_HASH } from './pod-template-hash.ts';
import { podTemplate } from './test/objects.ts';

describe('pod-template-hash', () => {
  test('has the shape of a real one: a decimal number in the safe alphabet', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (image, collisions) => {
        expect(computeHash(podTemplate('web', image), collisions)).toMatch(/^[456789bcdf]{1,10}$/);
      }),
    );
  });

  test('is the same for the same template, whatever the order of its fields', () => {
    const [a, b] = [podTemplate('web'), podTemplate('web')];
    const turned = { spec: { ...b.spec }, metadata: { ...b.metadata } };
    expect(computeHash(turned)).toBe(computeHash(a));
    expect(computeHash(podTemplate('web', 'web:2'))).not.toBe(computeHash(a));
  });

  test('changes with the collision count', () => {
    expect(computeHash(podTemplate('web'), 1)).not.toBe(computeHash(podTemplate('web')));
  });

  test('does not count when templates are compared', () => {
    const template = podTemplate('web');
    const labelled = { ...template, metadata: { labels: { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: 'x' } } };
    expect(equalIgnoreHash(template, labelled)).toBe(true);
    expect(equalIgnoreHash(template, podTemplate('web', 'web:2'))).toBe(false);
  });
});
