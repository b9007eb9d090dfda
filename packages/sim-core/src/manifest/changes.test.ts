import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';
import { diffLines, formatDiff } from './diff-lines.ts';
import { createSourceMap } from './source-map.ts';
import { formatChange, summarizeChange } from './summarize-change.ts';

const CANARY = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: canary
  annotations:
    # how much
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "5"
spec:
  rules:
  - host: a.example
`;

function side(text: string) {
  return {
    documents: decodeManifests('canary.yaml', text).documents,
    source: createSourceMap([{ file: 'canary.yaml', text }]),
  };
}

const changes = (before: string, after: string) => summarizeChange(side(before), side(after));
const lines = (before: string, after: string) => changes(before, after).map(formatChange);

describe('summarizeChange', () => {
  it('names the line, the field and both values', () => {
    const after = CANARY.replace('"5"', '"20"');
    expect(changes(CANARY, after)).toEqual([
      {
        type: 'changed',
        file: 'canary.yaml',
        line: 8,
        object: 'Ingress/canary',
        path: 'metadata.annotations[nginx.ingress.kubernetes.io/canary-weight]',
        from: '5',
        to: '20',
      },
    ]);
    expect(lines(CANARY, after)).toEqual(['line 8: weight 5 → 20']);
  });

  it.each([
    ['layout', CANARY.replace('"5"', "'5'   # five").replace('spec:', '# rules\n\nspec:'), []],
    ['a host', CANARY.replace('a.example', 'b.example'), ['line 11: host a.example → b.example']],
    ['a new field', `${CANARY}  ingressClassName: nginx\n`, ['line 12: ingressClassName nginx added']],
    ['a field that went', CANARY.replace(/.*canary: .*\n/, ''), ['line 7: canary true removed']],
    ['a new rule', `${CANARY}  - host: b\n`, ['line 12: rules[1] {"host":"b"} added']],
    [
      'a new object',
      `${CANARY}---\nkind: Service\napiVersion: v1\nmetadata:\n  name: a\n  namespace: b\n`,
      ['line 13: b/Service/a added'],
    ],
    ['another order', `kind: Service\napiVersion: v1\n---\n${CANARY}`, ['line 1: Service/ added']],
    [
      'a new name',
      CANARY.replace('name: canary', 'name: b'),
      ['line 1: Ingress/b added', 'line 1: Ingress/canary removed'],
    ],
  ])('%s', (_, after, expected) => {
    expect(lines(CANARY, after)).toEqual(expected);
  });
});

describe('diffLines', () => {
  it('shows what changed with its surroundings', () => {
    const after = CANARY.replace('"5"', '"20"').replace('a.example', 'b.example');
    expect(formatDiff(diffLines(CANARY, after), 1)).toBe(
      [
        '@@ line 7 @@',
        '     nginx.ingress.kubernetes.io/canary: "true"',
        '-    nginx.ingress.kubernetes.io/canary-weight: "5"',
        '+    nginx.ingress.kubernetes.io/canary-weight: "20"',
        ' spec:',
        '   rules:',
        '-  - host: a.example',
        '+  - host: b.example',
      ].join('\n'),
    );
  });

  it('finds few changes where few are needed', () => {
    const signs = (a: string, b: string) =>
      diffLines(a, b)
        .map(({ sign }) => sign)
        .join('');
    expect(signs('a\nb\nc\n', 'a\nc\n')).toBe(' - ');
    expect(signs('a\nc\n', 'a\nb\nc\n')).toBe(' + ');
    expect(signs('a\nb\nc\nd\n', 'b\nc\nx\nd\n')).toBe('-  + ');
    expect(signs('', 'a\n')).toBe('+');
    expect(signs('a\r\nb\r\n', 'a\nb')).toBe('  ');
  });

  it('replaces the middle where everything differs', () => {
    const text = (name: string) => Array.from({ length: 3_000 }, (_, at) => `${name}${at}`).join('\n');
    const lines = diffLines(`x\n${text('a')}\ny`, `x\n${text('b')}\ny`);
    expect(lines).toHaveLength(6_002);
    expect(lines.at(-1)).toEqual({ sign: ' ', text: 'y', oldLine: 3_002, newLine: 3_002 });
  });
});
