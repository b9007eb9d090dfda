import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';
import { diffLines } from './diff-lines.ts';
import type { Path } from './document.ts';
import { DEFAULT_LIMITS } from './document.ts';
import { editScalar } from './edit-scalar.ts';
import { encodeManifests } from './encode-manifests.ts';
import { parseDocument } from './parse-document.ts';
import { formatProblem } from './problem.ts';
import { createSourceMap } from './source-map.ts';

/** Pieces from which YAML's every trap can be put together. */
const PIECES = [
  ...[
    'a',
    'b: ',
    '- ',
    '? ',
    ': ',
    '\n',
    '\n  ',
    '\n    ',
    '\n\t',
    '\r\n',
    '\r',
    ' ',
    '#',
    ' # c',
    '|',
    '>-',
    '|+2',
    '"',
    "'",
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    '&x ',
    '*x',
    '!t ',
    '!!int ',
    '<<: ',
    '%YAML',
    '\n---\n',
    '\n--- x\n',
    '\n...\n',
    '\\',
    '~',
    '1',
  ],
  ...[
    '\uFEFF',
    '\u00A0',
    '\u200B',
    '“',
    '\u2028',
    '\u0085',
    '\uD800',
    '\0',
    '{{ .Values.x }}',
    '${X}',
    '```',
    '$ kubectl get x',
  ],
  ...[
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    'name: x',
    'spec:',
    'ports:',
    '- port: 80',
    'kind: List',
    'items:',
    '__proto__: ',
  ],
];
const yamlLike = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

const key = fc.oneof(
  fc.constantFrom('name', 'app.kubernetes.io/name', 'y', '010', '1.5', 'null', 'a b', 'constructor', '<', '#', ''),
  fc.string({ maxLength: 8, unit: 'grapheme-ascii' }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        'yes',
        '010',
        '1e3',
        '~',
        ' x',
        'x ',
        'a: b',
        '# c',
        'x\ny\n',
        '- a',
        '“x”',
        '\t',
        "it's",
        '"',
        '{',
        '*',
      ),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true })
      .filter((object) => !Object.hasOwn(object, '__proto__') && !Object.hasOwn(object, '<<')),
  ),
}));

function read(text: string): unknown {
  const parsed = parseDocument(text, DEFAULT_LIMITS);
  return 'value' in parsed ? parsed.value : parsed;
}

/** All paths of a value that lead to scalars. */
function scalarPaths(value: unknown, path: Path = []): { path: Path; value: unknown }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, child]) =>
    scalarPaths(child, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

describe('decodeManifests', () => {
  it.each([
    ['texts', fc.string({ maxLength: 200, unit: 'binary' })],
    ['texts that look like YAML', yamlLike],
    ['bytes', fc.uint8Array({ maxLength: 200 })],
  ] as const)('never throws, and says something about everything it does not take: %s', (_, inputs) => {
    fc.assert(
      fc.property(inputs as fc.Arbitrary<string | Uint8Array>, (input) => {
        const { documents, problems } = decodeManifests('f.yaml', input);
        expect(documents.length + problems.length).toBeGreaterThan(0);
        for (const problem of problems) {
          expect(formatProblem(problem)).toMatch(/^f\.yaml(?::\d+:\d+)?: \S/);
          expect(problem.hint ?? '').not.toContain('undefined');
          expect(problem.message).not.toContain('undefined');
        }
        expect(({} as Record<string, unknown>)['x']).toBeUndefined();
        JSON.stringify(documents);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives a line that exists', () => {
    fc.assert(
      fc.property(yamlLike, (text) => {
        const lines = text.split(/\r\n|\r|\n/);
        const { documents, problems } = decodeManifests('f.yaml', text);
        for (const { line } of documents) expect(lines[line - 1]).toBeDefined();
        for (const { line, column } of problems) {
          if (line === undefined) continue;
          expect(lines[line - 1]).toBeDefined();
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 3);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('round trips', () => {
  it.each([undefined, 2, '\t'])('reads JSON as JSON does, indented by %j', (indent) => {
    const reads = (value: unknown) => void expect(read(JSON.stringify(value, null, indent))).toEqual(value);
    fc.assert(fc.property(json, reads));
  });

  it('reads what encodeManifests writes', () => {
    const reads = (value: unknown) => void expect(read(encodeManifests([value]))).toEqual(value);
    fc.assert(fc.property(json, reads));
  });

  it('reads the same with Windows line ends and a byte order mark', () => {
    const object = fc.record({ apiVersion: fc.constant('v1'), kind: fc.constant('Thing'), spec: json });
    fc.assert(
      fc.property(object, (value) => {
        const text = encodeManifests([value]);
        const plain = decodeManifests('f', text);
        const windows = decodeManifests('f', `\uFEFF${text.replaceAll('\n', '\r\n')}`);
        expect(windows.documents).toEqual(plain.documents);
      }),
    );
  });
});

describe('positions', () => {
  it('point at the text of the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'X', value }, null, 2);
        const source = createSourceMap([{ file: 'f', text: `# first\n---\n${text}` }]);
        const lines = `# first\n---\n${text}`.split('\n');
        for (const { path, value: leaf } of scalarPaths(value, ['value'])) {
          const position = source.locate({ file: 'f', index: 0, path: [] }, path);
          expect(position?.isExact).toBe(true);
          const rest = lines[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1);
          expect(rest?.startsWith(JSON.stringify(leaf))).toBe(true);
        }
      }),
    );
  });
});

describe('editScalar', () => {
  const scalar = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      'yes',
      '010',
      '0X0',
      '0B1',
      '1:30',
      '20',
      'a: b',
      '# c',
      'x\ny\n',
      'x\n\n y',
      '“x”',
      "it's",
      '',
      ' ',
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );

  it('changes the one value and nothing else', () => {
    fc.assert(
      fc.property(json, scalar, fc.nat(), fc.boolean(), (value, wanted, pick, isYaml) => {
        const object = { apiVersion: 'v1', kind: 'X', value };
        const text = isYaml ? encodeManifests([object]) : JSON.stringify(object, null, 2);
        const paths = scalarPaths(object);
        const { path } = paths[pick % paths.length] ?? { path: [] };
        const edited = editScalar(text, 0, path, wanted);
        expect(edited).toBeDefined();
        const expected = structuredClone(object) as Record<string, unknown>;
        const parent = path.slice(0, -1).reduce<Record<string, unknown>>((at, step) => at[step] as never, expected);
        parent[path.at(-1) as string] = wanted;
        expect(read(edited ?? '')).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('diffLines', () => {
  it('leads from one text to the other', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const lines = diffLines(a.join('\n'), b.join('\n'));
        const keep = (sign: string) => lines.filter((line) => line.sign !== sign).map((line) => line.text);
        expect(keep('+')).toEqual(a);
        expect(keep('-')).toEqual(b);
        for (const { oldLine, newLine, text } of lines) {
          if (oldLine !== undefined) expect(a[oldLine - 1]).toBe(text);
          if (newLine !== undefined) expect(b[newLine - 1]).toBe(text);
        }
      }),
      { numRuns: 500 },
    );
  });
});
