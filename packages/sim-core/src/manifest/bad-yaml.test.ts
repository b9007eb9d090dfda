import { describe, expect, it } from 'vitest';
import { decodeManifests } from './decode-manifests.ts';

const HEAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n';

/** The only problem of an input. */
function problem(text: string) {
  const { documents, problems } = decodeManifests('f.yaml', text);
  expect(documents).toEqual([]);
  expect(problems).toHaveLength(1);
  return problems[0];
}

describe('YAML mistakes are explained where they are', () => {
  it.each([
    ['a tab', `${HEAD}spec:\n\ttype: x\n`, 6, 1, /tab/, /two spaces/],
    ['a tab after spaces', `${HEAD}spec:\n  \ttype: x\n`, 6, 3, /tab/, /two spaces/],
    ['a quote that is not closed', `${HEAD}spec:\n  type: "x\n  a: b\n`, 6, 9, /double quote .* never closed/, /Close/],
    [
      '… and closed by a later one',
      `${HEAD}spec:\n  type: "x\n  a: "b"\n`,
      6,
      9,
      /double quote .* never closed/,
      /Close/,
    ],
    ['a single quote', `${HEAD}spec:\n  type: 'x\n`, 6, 9, /single quote .* never closed/, /Close/],
    ['text behind a quote', `${HEAD}spec:\n  type: 'it's'\n`, 6, 13, /behind the closing quote/, /two \(''\)/],
    [
      'a bracket',
      `${HEAD}spec:\n  ports: [{port: 80}\n  a: b\n`,
      6,
      10,
      /bracket \[ .* never closed/,
      /Close it with \]/,
    ],
    ['a comma', `${HEAD}spec: {type: x\n  a: b}\n`, 6, 4, /comma/, /comma/],
    ['a second colon', `${HEAD}spec:\n  type: x: y\n`, 6, 10, /second ": "/, /type: "x: y"/],
    ['a reserved character', `${HEAD}spec:\n  type: @x\n`, 6, 9, /begin with @/, /"@x"/],
    ['a backtick', `${HEAD}spec:\n  type: \`x\`\n`, 6, 9, /begin with `/, /"`x`"/],
    ['an escape', `${HEAD}spec:\n  type: "\\d"\n`, 6, 10, /escape \\d/, /Double the backslash/],
    ['a list behind its key', `${HEAD}spec:\n  ports: - port: 80\n`, 6, 10, /line of its key/, /new line/],
    ['a missing space', `${HEAD}spec:\n  a: b\n  type:x\n`, 7, 3, /space is missing behind the colon/, /"type: x"/],
    ['a missing colon', `${HEAD}spec:\n  type\n  a: b\n`, 6, 3, /"type" is no "key: value"/, /colon/],
    [
      'one space too few',
      `${HEAD}spec:\n  type: x\n a: b\n`,
      7,
      2,
      /indented by 1 space/,
      /0 \(as "spec:"\) or 2 \(as "type:"\)/,
    ],
    [
      'a key under a value',
      `${HEAD}    labels:\n      a: b\n`,
      5,
      5,
      /under "name:", which has a value/,
      /2 \(as "name:"\)/,
    ],
    [
      'a key in a list',
      `${HEAD}spec:\n  ports:\n  - port: 80\n  - port: 81\n    name: x\n   a: b\n`,
      10,
      4,
      /3 spaces/,
      /2 \(as "-"\) or 4/,
    ],
    ['a list entry among keys', `${HEAD}- a\n`, 5, 1, /list entry .* "metadata:" is expected/, /key that has no value/],
    ['a text that sinks', `${HEAD}data: |\n    x\n  y\n`, 7, 3, /less than the first line of the text/, /evenly/],
    ['an alias to nothing', `${HEAD}spec: *x\n`, 5, 7, /\*x stands for nothing/, /quotes/],
    ['an empty key', `${HEAD}spec: {: x}\n`, 5, 10, /key must be a text/, /quotes/],
    ['a directive', `${HEAD}%type x\n`, 5, 1, /"%type x" is no|begin with %|begins with %/, /./],
    ['a word that is no int', `${HEAD}spec: !!int x\n`, 5, 7, /explicit tag/, /./],
  ])('%s', (_, text, line, column, message, hint) => {
    expect(problem(text)).toMatchObject({
      severity: 'error',
      line,
      column,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it('names both lines of a key that stands twice', () => {
    expect(problem(`# c\n---\n${HEAD}spec:\n  type: x\n  ports: []\n  type: y\n`)).toMatchObject({
      reason: 'DuplicateKey',
      message: 'the key "type" stands twice in the same mapping: on line 8 and here',
      line: 10,
      column: 3,
    });
  });

  it('finds keys that stand twice although they are written differently', () => {
    expect(problem(`${HEAD}data:\n  on: 1\n  "true": 2\n`)).toMatchObject({ reason: 'DuplicateKey', line: 7 });
    expect(problem('{"apiVersion": "v1", "kind": "X", "kind": "Y"}')).toMatchObject({
      reason: 'DuplicateKey',
      column: 35,
    });
  });

  it('refuses __proto__ with its line', () => {
    expect(problem(`${HEAD}  __proto__:\n    polluted: true\n`)).toMatchObject({
      reason: 'ReservedKey',
      line: 5,
      column: 3,
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each([
    ['found character that cannot start any token', `${HEAD}spec:\n\ta: b\n`, 6],
    ['found unexpected end of stream', `${HEAD}spec:\n  a: "b\n  c: d\n`, 8],
    ['mapping values are not allowed in this context', `${HEAD}spec:\n  a: b: c\n`, 6],
    ['found unknown escape character', `${HEAD}spec:\n  a: "\\d"\n`, 6],
    ['block sequence entries are not allowed in this context', `${HEAD}spec:\n  a: - b\n`, 6],
  ])("gives kubectl's words where they are certain: %s", (words, text, line) => {
    expect(problem(text)?.kubectl).toBe(`error converting YAML to JSON: yaml: line ${line}: ${words}`);
  });
});

describe('characters that only look right', () => {
  it.each([
    [
      'a non-breaking space as indentation',
      `${HEAD}spec:\n\u00A0\u00A0type: x\n`,
      6,
      1,
      /non-breaking space \(U\+00A0\)/,
    ],
    ['… behind spaces', `${HEAD}spec:\n \u00A0type: x\n`, 6, 2, /non-breaking space/],
    ['… behind the colon', `${HEAD}spec:\n  type:\u00A0x\n`, 6, 8, /behind the colon.*non-breaking space/],
    ['… at the end of a value', `${HEAD}spec:\n  type: x\u00A0\n`, 6, 9, /spec\.type holds/],
    ['… before a dash', `${HEAD}spec:\n  ports:\n \u00A0- port: 80\n`, 7, 2, /in the indentation/],
    ['… behind a dash', `${HEAD}spec:\n  ports:\n  -\u00A0port: 80\n`, 7, 4, /in the indentation/],
    ['a zero-width space in a key', `${HEAD}sp\u200Bec:\n  type: x\n`, 5, 3, /zero-width space \(U\+200B\)/],
    [
      'a zero-width space in a value',
      `${HEAD}spec:\n  type: Load\u200BBalancer\n`,
      6,
      9,
      /spec\.type holds a zero-width/,
    ],
    ['a byte order mark in the middle', `${HEAD}spec:\n  type: \uFEFFx\n`, 6, 9, /byte order mark/],
    ['an ideographic space', `${HEAD}spec:\n\u3000type: x\n`, 6, 1, /ideographic/],
  ])('%s', (_, text, line, column, message) => {
    const found = problem(text);
    expect(found).toMatchObject({
      reason: 'InvisibleCharacter',
      line,
      column,
      message: expect.stringMatching(message),
    });
    expect(found?.hint).toMatch(/ordinary space|Delete it/);
  });

  it.each([
    ['a value', `${HEAD}spec:\n  type: “x”\n`, 6, 9, 'Write "x"'],
    ['an annotation', `${HEAD}  annotations:\n    a/b: “true”\n`, 6, 10, 'Write "true"'],
    ['German quotes', `${HEAD}spec:\n  type: „x“\n`, 6, 9, 'Write "x"'],
    ['single quotes', `${HEAD}spec:\n  type: ‘x’\n`, 6, 9, 'Write "x"'],
    ['a key', `“apiVersion”: v1\nkind: Service\n`, 1, 1, 'Write "apiVersion"'],
    ['a value with a colon', `${HEAD}spec:\n  type: “x: y”\n`, 6, 9, 'Write "x: y"'],
  ])('curly quotes around %s', (_, text, line, column, hint) => {
    expect(problem(text)).toMatchObject({
      reason: 'LookAlikeCharacter',
      line,
      column,
      hint: expect.stringContaining(hint),
    });
  });

  it.each([
    ['a bullet', `${HEAD}spec:\n  ports:\n  • port: 80\n`, 7, 3, /list entry begins with •/],
    ['a dash that is too long', `${HEAD}spec:\n  ports:\n  – port: 80\n`, 7, 3, /list entry begins with –/],
    ['a full-width colon', `apiVersion： v1\nkind: Service\n`, 1, 11, /full-width colon/],
  ])('%s', (_, text, line, column, message) => {
    expect(problem(text)).toMatchObject({
      reason: 'LookAlikeCharacter',
      line,
      column,
      message: expect.stringMatching(message),
    });
  });

  it('leaves them alone in texts', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    note: “Hello” he said – twice\u00A0!\n' +
      'data:\n  page: |\n    “quoted”\n    \u00A0• item\n  french: "«\u00A0oui\u00A0»"\n  emoji: 👩‍💻\n';
    expect(decodeManifests('f', text).problems).toEqual([]);
  });
});
