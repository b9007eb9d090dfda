import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cannotBeHandledAs, decodeMessage, formatPath } from './decode-error.ts';
import { decodeStrict } from './decode-strict.ts';
import { createSchema } from './schema.ts';

const schema = createSchema(() =>
  JSON.stringify({
    kinds: { 'x/v1 Box': 'Box' },
    types: {
      Box: { metadata: 'Meta', spec: 'Spec!', data: '{}bytes', enum: '[]string:v1.Color', extra: 'any' },
      Meta: { $go: 'v1.ObjectMeta', labels: '{}string', creationTimestamp: 'time' },
      Spec: {
        size: 'int32',
        big: 'int64',
        ratio: 'double',
        open: 'bool',
        port: 'intOrString',
        limits: '{}quantity',
        renewed: 'microTime',
        boxes: '[]Spec',
        by: '{}Spec',
      },
    },
  }),
);

function messages(value: unknown): string[] {
  return decodeStrict(schema, 'x/v1', 'Box', value).errors.map((error) => error.message);
}

function spec(value: unknown): string[] {
  return messages({ spec: value });
}

function depthOf(depth: number): unknown {
  let value: unknown = {};
  for (let i = 0; i < depth; i++) value = { boxes: [value] };
  return value;
}

describe('decodeStrict', () => {
  it('takes well-formed objects, nulls and whatever lies in any', () => {
    const good = {
      metadata: { labels: { a: '' }, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        size: -1,
        big: 2 ** 53,
        ratio: 1.5,
        open: false,
        port: 'http',
        limits: { cpu: 1, memory: ' 1Gi ' },
        renewed: '2026-01-01T00:00:00.000000Z',
        boxes: [{ port: 80 }, null],
        by: { a: { size: null } },
      },
      data: { a: 'AA==', b: '' },
      enum: ['red'],
      extra: { anything: [{ at: 'all' }] },
    };
    expect(messages(good)).toEqual([]);
    expect(messages({ metadata: null, spec: undefined })).toEqual([]);
    expect(messages(undefined)).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ size: 'a' }, 'string into Go struct field Spec.spec.size of type int32'],
    [{ size: 2.5 }, 'number 2.5 into Go struct field Spec.spec.size of type int32'],
    [{ size: 2147483648 }, 'number 2147483648 into Go struct field Spec.spec.size of type int32'],
    [{ big: 1e21 }, 'number 1e+21 into Go struct field Spec.spec.big of type int64'],
    [{ big: Number.NaN }, 'number NaN into Go struct field Spec.spec.big of type int64'],
    [{ ratio: '1' }, 'string into Go struct field Spec.spec.ratio of type float64'],
    [{ open: 'yes' }, 'string into Go struct field Spec.spec.open of type bool'],
    [{ port: true }, 'bool into Go struct field Spec.spec.port of type int32'],
    [{ boxes: {} }, 'object into Go struct field Spec.spec.boxes of type []v1.Spec'],
    [{ boxes: ['a'] }, 'string into Go struct field Spec.spec.boxes of type v1.Spec'],
    [{ boxes: [{ size: [] }] }, 'array into Go struct field Spec.spec.boxes.size of type int32'],
    [{ by: { key: { size: {} } } }, 'object into Go struct field Spec.spec.by.size of type int32'],
    [{ by: 1 }, 'number into Go struct field Spec.spec.by of type map[string]v1.Spec'],
    [{ limits: [] }, 'array into Go struct field Spec.spec.limits of type v1.ResourceList'],
    [{ renewed: 5 }, 'number into Go struct field Spec.spec.renewed of type string'],
    ['x', 'string into Go struct field Box.spec of type v1.Spec'],
  ])('%j', (value, text) => expect(spec(value)).toEqual([`json: cannot unmarshal ${text}`]));

  it('names Go types of maps, enums and bytes', () => {
    expect(messages({ metadata: { labels: { a: 1 } }, data: { b: 2 }, enum: [3] })).toEqual([
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
      'json: cannot unmarshal number into Go struct field Box.data of type []uint8',
      'json: cannot unmarshal number into Go struct field Box.enum of type v1.Color',
    ]);
    expect(messages([])).toEqual(['json: cannot unmarshal array into Go value of type v1.Box']);
  });

  it('uses the words of custom decoders', () => {
    expect(spec({ limits: { cpu: '1x' } })).toEqual([expect.stringMatching(/^quantities must match the regular/)]);
    expect(spec({ limits: { cpu: {} } })).toEqual([expect.stringMatching(/^quantities must match the regular/)]);
    expect(messages({ data: { a: 'A?' } })).toEqual(['illegal base64 data at input byte 1']);
    expect(messages({ metadata: { creationTimestamp: 'now' } })).toEqual([
      'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"',
    ]);
  });

  it('says where each error is', () => {
    const { errors } = decodeStrict(schema, 'x/v1', 'Box', {
      spec: { Size: 1, boxes: [{}, { siez: 1 }], by: { 'a/b': { open: 1 } } },
    });
    expect(errors).toEqual([
      { reason: 'UnknownField', message: 'unknown field "spec.Size"', field: 'spec.Size', path: ['spec', 'Size'] },
      {
        reason: 'UnknownField',
        message: 'unknown field "spec.boxes[1].siez"',
        field: 'spec.boxes[1].siez',
        path: ['spec', 'boxes', 1, 'siez'],
      },
      {
        reason: 'TypeMismatch',
        message: 'json: cannot unmarshal number into Go struct field Spec.spec.by.open of type bool',
        field: 'spec.by.a/b.open',
        path: ['spec', 'by', 'a/b', 'open'],
      },
    ]);
  });
});

describe('hostile values', () => {
  it('reports prototype keys as unknown fields and pollutes nothing', () => {
    const value: unknown = JSON.parse('{"__proto__":{"x":1},"constructor":1,"metadata":{"labels":{"__proto__":"v"}}}');
    expect(messages(value)).toEqual(['unknown field "__proto__"', 'unknown field "constructor"']);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('ends at a limit of depth and of errors', () => {
    expect(spec(depthOf(100))).toEqual([]);
    expect(spec(depthOf(20_000))).toEqual(['exceeded max depth']);
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 1]));
    expect(spec(many)).toHaveLength(100);
  });

  it('never throws and never changes its input', () => {
    const names = fc.constantFrom(
      'metadata',
      'spec',
      'size',
      'boxes',
      'by',
      'limits',
      'port',
      'data',
      'labels',
      '__proto__',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, fc.anything(), fc.array(tie('tree')), fc.dictionary(names, tie('tree'))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const before = fc.stringify(value);
        expect(Array.isArray(messages(value))).toBe(true);
        expect(fc.stringify(value)).toBe(before);
      }),
    );
  });
});

describe('what the API server answers', () => {
  const answer = (value: unknown) => decodeMessage(decodeStrict(schema, 'x/v1', 'Box', value).errors);
  it('lists unknown fields only when everything else decodes', () => {
    expect(answer({ a: 1, spec: { b: 1 } })).toBe('strict decoding error: unknown field "a", unknown field "spec.b"');
    expect(answer({ a: 1, spec: { size: 'x', open: 1 } })).toMatch(/^json: cannot unmarshal string .* Spec.spec.size/);
  });
  it('lets a custom decoder win over an earlier mismatch', () => {
    expect(answer({ spec: { size: 'x', port: 1.5 } })).toMatch(/number 1.5 .* Spec.spec.port of type int32$/);
  });
  it('names version and kind', () => {
    const { errors } = decodeStrict(schema, 'x/v1', 'box', {});
    expect(cannotBeHandledAs('x/v1', 'box', errors, 'Box')).toBe(
      'box in version "v1" cannot be handled as a Box: no kind "box" is registered for version "x/v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    );
  });
  it('formats paths', () => expect(formatPath(['a', 0, 'b', 1, 2])).toBe('a[0].b[1][2]'));
});
