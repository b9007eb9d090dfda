import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';
import { DEFAULT_LIMITS } from './document.ts';
import { formatProblem } from './problem.ts';

const service = (name: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return bytes;
}

/** `[index, line, name]` of each object. */
function objects(input: string | Uint8Array): unknown[] {
  const { documents, problems } = decodeManifests('f.yaml', input);
  expect(problems).toEqual([]);
  return documents.map(({ index, line, value }) => [index, line, (value['metadata'] as { name: string }).name]);
}

describe('documents', () => {
  it('reads one object', () => {
    expect(decodeManifests('f.yaml', service('a')).documents).toEqual([
      {
        file: 'f.yaml',
        index: 0,
        path: [],
        line: 1,
        value: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } },
      },
    ]);
  });

  it('counts documents with content only, and gives the line where the content begins', () => {
    const text = `# head\n---\n# first\n${service('a')}---\n---  # nothing here\n# nothing\n\n---\n\n\n${service('b')}...\n---\nnull\n---\n${service('c')}`;
    expect(objects(text)).toEqual([
      [0, 4, 'a'],
      [1, 15, 'b'],
      [3, 23, 'c'],
    ]);
  });

  it.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['old Mac line ends', (text: string) => text.replaceAll('\n', '\r')],
  ])('takes %s', (_, convert) => {
    expect(objects(convert(`${service('a')}---\n${service('b')}`))).toEqual([
      [0, 1, 'a'],
      [1, 6, 'b'],
    ]);
  });

  it.each([
    ['UTF-8 with a byte order mark', new TextEncoder().encode(`\uFEFF${service('ä')}`)],
    ['a text with a byte order mark', `\uFEFF${service('ä')}`],
    ['UTF-16 little endian', utf16(`\uFEFF${service('ä')}`, true)],
    ['UTF-16 big endian', utf16(`\uFEFF${service('ä')}`, false)],
    ['UTF-16 little endian without a mark', utf16(service('ä'), true)],
    ['UTF-16 big endian without a mark', utf16(service('ä'), false)],
  ])('takes %s', (_, input) => {
    expect(objects(input)).toEqual([[0, 1, 'ä']]);
  });

  it('takes JSON, one object after another too', () => {
    const json = (name: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name } }, null, '\t');
    expect(objects(json('a'))).toEqual([[0, 1, 'a']]);
    expect(objects(`${json('{')}\n${json('b"}{')}`)).toEqual([
      [0, 1, '{'],
      [1, 8, 'b"}{'],
    ]);
  });

  it('takes directives', () => {
    expect(objects(`%YAML 1.1\n# c\n---\n${service('a')}`)).toEqual([[0, 4, 'a']]);
  });

  it('keeps a last line break of |+ before ---', () => {
    const { documents } = decodeManifests('f', `${service('a')}data: |+\n  x\n\n---\n${service('b')}`);
    expect(documents[0]?.value['data']).toBe('x\n\n');
  });
});

describe('lists', () => {
  it('unfolds a List into its items, with their places', () => {
    const items = ['a', 'b'].map((name) => `- ${service(name).trim().replaceAll('\n', '\n  ')}\n`).join('');
    const { documents, problems } = decodeManifests('f', `apiVersion: v1\nkind: List\nitems:\n${items}`);
    expect(problems).toEqual([]);
    expect(documents.map(({ index, path, line }) => ({ index, path, line }))).toEqual([
      { index: 0, path: ['items', 0], line: 4 },
      { index: 0, path: ['items', 1], line: 8 },
    ]);
  });

  it('gives the items of a typed list their type', () => {
    const { documents } = decodeManifests('f', 'apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n');
    expect(documents[0]?.value).toEqual({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' } });
  });

  it('judges each item by itself', () => {
    const { documents, problems } = decodeManifests('f', 'apiVersion: v1\nkind: List\nitems:\n- kind: Service\n- 5\n');
    expect(documents).toEqual([]);
    expect(problems.map(({ reason, line, document }) => [reason, line, document])).toEqual([
      ['MissingApiVersion', 4, 0],
      ['NotAnObject', 5, 0],
    ]);
  });

  it('says that an empty List holds nothing', () => {
    expect(decodeManifests('f', 'apiVersion: v1\nkind: List\nitems: []\n').problems).toMatchObject([
      { reason: 'NoObjects' },
    ]);
  });
});

describe('problems', () => {
  it.each(['', '\n', '# only this\n', '---\n---\n', '~\n'])('finds nothing in %j', (text) => {
    const { problems } = decodeManifests('canary.yaml', text);
    expect(problems).toMatchObject([{ severity: 'error', reason: 'NoObjects', file: 'canary.yaml' }]);
    expect(problems[0]?.message).toContain('no Kubernetes objects found in canary.yaml');
  });

  it('lets a broken document hide no other', () => {
    const { documents, problems } = decodeManifests(
      'f',
      `${service('a')}---\na: "x\n---\n${service('b')}---\nkind: X\n`,
    );
    expect(documents.map(({ index }) => index)).toEqual([0, 2]);
    expect(problems.map(({ reason, document, line }) => [reason, document, line])).toEqual([
      ['Syntax', 1, 6],
      ['MissingApiVersion', 3, 13],
    ]);
  });

  it('refuses text behind ---, as kubectl does', () => {
    const { documents, problems } = decodeManifests('f', `${service('a')}---apiVersion: v1\nkind: Service\n`);
    expect(documents).toHaveLength(1);
    expect(problems).toMatchObject([
      { reason: 'DocumentSeparator', message: 'invalid Yaml document separator: apiVersion: v1', line: 5, column: 4 },
    ]);
  });

  it('prints place, message and what to do', () => {
    const { problems } = decodeManifests('canary.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n\tname: x\n');
    expect(problems.map(formatProblem).join('\n')).toBe(
      [
        'canary.yaml:4:1: a tab stands in the indentation; YAML allows only spaces there',
        '  Replace each tab with two spaces (most editors: "Convert indentation to spaces").',
        '  kubectl says: error converting YAML to JSON: yaml: line 4: found character that cannot start any token',
      ].join('\n'),
    );
  });

  it('counts lines for kubectl inside the document, as kubectl does', () => {
    const { problems } = decodeManifests('f', `${service('a')}---\na:\n\tb: 1\n`);
    expect(problems).toMatchObject([{ line: 7, kubectl: expect.stringContaining('yaml: line 2:') }]);
  });

  it('tells a mistake of the whole file once', () => {
    const { problems } = decodeManifests('f', Array(5).fill('a:\n\tb: 1\n').join('---\n'));
    expect(problems).toHaveLength(1);
  });

  it('cuts off a long list', () => {
    const { problems } = decodeManifests('f', Array(200).fill('kind: Service\n').join('---\n'));
    expect(problems).toHaveLength(DEFAULT_LIMITS.problems + 1);
    expect(problems.at(-1)?.message).toContain('(and 149 more problems)');
  });
});

describe('limits', () => {
  const limits = { ...DEFAULT_LIMITS, fileBytes: 100, documents: 3 };

  it('refuses a file that is too large, by its bytes', () => {
    expect(decodeManifests('f', '#'.repeat(100), limits).problems).toMatchObject([{ reason: 'NoObjects' }]);
    expect(decodeManifests('f', '#'.repeat(101), limits).problems).toMatchObject([{ reason: 'FileTooLarge' }]);
    expect(decodeManifests('f', 'ä'.repeat(51), limits).problems).toMatchObject([{ reason: 'FileTooLarge' }]);
    expect(decodeManifests('f', new Uint8Array(101), limits).problems).toMatchObject([{ reason: 'FileTooLarge' }]);
    const { problems } = decodeManifests('f', '#'.repeat(10 * 1024 * 1024 + 1));
    expect(problems[0]?.message).toBe('the file has 10.0 MB; the limit is 10 MB');
  });

  it('refuses too many documents, those in lists included', () => {
    const documents = (count: number) => Array(count).fill('a: 1').join('\n---\n');
    const list = (count: number) =>
      `{apiVersion: v1, kind: List, items: [${'{apiVersion: v1, kind: X},'.repeat(count)}]}`;
    const wide = { ...limits, fileBytes: 1_000 };
    expect(decodeManifests('f', documents(4), wide).problems).toMatchObject([{ reason: 'TooManyDocuments' }]);
    expect(decodeManifests('f', list(3), wide).documents).toHaveLength(3);
    expect(decodeManifests('f', list(4), wide)).toMatchObject({
      documents: [],
      problems: [{ reason: 'TooManyDocuments' }],
    });
  });
});

describe('what is no text', () => {
  it.each([
    ['a zip archive', [0x50, 0x4b, 3, 4, 20, 0]],
    ['a gzip archive', [0x1f, 0x8b, 8, 0, 0, 0]],
    ['a PNG image', [0x89, 0x50, 0x4e, 0x47, 13, 10]],
    ['a binary file', [1, 2, 0, 0, 200, 0, 3]],
  ])('names %s', (name, bytes) => {
    const { problems } = decodeManifests('f', Uint8Array.from(bytes));
    expect(problems).toMatchObject([{ reason: 'NotText', message: expect.stringContaining(name) }]);
  });

  it('says where a character is not UTF-8', () => {
    const bytes = new TextEncoder().encode(service('a?'));
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xe4;
    expect(decodeManifests('f', bytes).problems).toMatchObject([{ reason: 'NotUtf8', line: 4, column: 10 }]);
  });

  it('says where a control character stands', () => {
    const { problems } = decodeManifests('f', service('a\u0007b'));
    expect(problems).toMatchObject([
      { reason: 'NotText', line: 4, column: 10, message: expect.stringContaining('U+0007') },
    ]);
  });
});
