import { describe, expect, it, vi } from 'vitest';
import { createSchema } from './schema.ts';

const text = JSON.stringify({
  kinds: { 'v1 A': 'A' },
  types: {
    A: { b: { type: '[]B!', mergeKey: 'name', listMapKeys: ['name'] }, self: 'A', broken: 'Nope' },
    B: { $go: 'v2.Bee', name: 'string' },
  },
});

describe('createSchema', () => {
  it('loads when first asked, once', () => {
    const load = vi.fn(() => text);
    const schema = createSchema(load);
    expect(load).not.toHaveBeenCalled();
    expect(schema.kinds).toEqual(['v1 A']);
    expect(schema.kind('v1', 'A')).toBe(schema.kind('v1', 'A'));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('answers undefined for kinds it does not know', () => {
    const schema = createSchema(() => text);
    for (const kind of ['B', 'constructor', '__proto__']) expect(schema.kind('v1', kind)).toBeUndefined();
  });

  it('keeps what patches must know and refers to types once', () => {
    const a = createSchema(() => text).kind('v1', 'A');
    expect(() => a?.fields).toThrow('schema: unknown type Nope');
    const good = createSchema(() => text.replace('Nope', 'any')).kind('v1', 'A');
    expect(good?.fields.get('self')?.type).toBe(good);
    expect(good?.fields.get('b')).toMatchObject({ mergeKey: 'name', listMapKeys: ['name'], required: true });
    expect(good?.fields.get('b')?.type).toMatchObject({ kind: 'list', goType: '[]v2.Bee', items: { goName: 'Bee' } });
    expect(good?.fields.get('self')?.required).toBe(false);
  });
});
