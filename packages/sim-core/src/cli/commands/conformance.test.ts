import { describe, expect, test } from 'vitest';
import { CliError } from '../exit-codes.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { conformance } from './conformance.ts';

const REQUEST = { method: 'GET', scheme: 'http', host: 'app.test', path: '/' };
const vector = (id: string, more: object) => ({ id, area: id.split('/')[0], kind: 'http', request: REQUEST, ...more });

function fileOf(value: unknown): string {
  return temporaryFolder().write('vectors.json', typeof value === 'string' ? value : JSON.stringify(value));
}

async function run(...argv: string[]) {
  const output = fakeOutput();
  const code = await conformance.run(argv, output);
  return { code, lines: output.stdout.trimEnd().split('\n') };
}

async function refusal(...argv: string[]): Promise<{ code: number; message: string }> {
  const error = await conformance.run(argv, fakeOutput()).catch((thrown) => thrown);
  if (!(error instanceof CliError)) throw error;
  return { code: error.exitCode, message: error.message };
}

test('over sockets: failures and skips have a line each, areas their counts, and the last line counts all', async () => {
  const file = fileOf([
    vector('host/nobody', { expect: { status: 404, responseHeaders: { Server: { absent: true } } } }),
    vector('host/wrong', { expect: { status: 200 } }),
    vector('tls/fake', {
      request: { ...REQUEST, scheme: 'https', sni: '' },
      expect: { status: 404, certCN: 'Kubernetes Ingress Controller Fake Certificate' },
    }),
    vector('tls/strange', { expect: { status: 404, alpn: 'h2' } }),
  ]);
  expect(await run(file)).toEqual({
    code: 1,
    lines: [
      'failed     host/wrong: status: expected 200, got 404',
      'skipped    tls/strange: expect.alpn: unknown field',
      'host  1/2 (1 failed)',
      'tls   1/2 (1 skipped)',
      '2 passed, 1 failed, 1 skipped',
    ],
  });
  expect(await run(file, '--only', '^tls/')).toEqual({
    code: 0,
    lines: [
      'skipped    tls/strange: expect.alpn: unknown field',
      'tls  1/2 (1 skipped)',
      '1 passed, 0 failed, 1 skipped',
    ],
  });
});

describe('bad input', () => {
  test.each([
    ['not { json', 1, 'no JSON'],
    ['', 1, 'no JSON'],
    [{ nothing: 1 }, 1, 'no list of vectors'],
    [[], 1, 'the list of vectors is empty'],
  ])('%j', async (content, code, message) => {
    const refused = await refusal(fileOf(content));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(message);
    expect(refused.message).toContain('vectors.json');
  });

  test('a file over the limit, a folder, a file that is not there', async () => {
    expect(await refusal(fileOf(`[${' '.repeat(10 * 1024 * 1024)}]`))).toMatchObject({
      code: 1,
      message: expect.stringContaining('larger than 10 MB'),
    });
    const { path } = temporaryFolder({ 'a.json': '[]', 'b.json': '[]' });
    expect(await refusal(path)).toMatchObject({ code: 1, message: expect.stringContaining('folder') });
    expect(await refusal(`${path}/nothing.json`)).toMatchObject({ code: 1 });
  });

  test('no file, two files, a regex that is none, one that matches nothing', async () => {
    expect(await refusal()).toMatchObject({ code: 2, message: expect.stringContaining('needs a file') });
    expect(await refusal('a.json', 'b.json')).toMatchObject({ code: 2 });
    const file = fileOf([vector('a/b', { expect: { status: 404 } })]);
    expect(await refusal(file, '--only', '(')).toMatchObject({
      code: 2,
      message: expect.stringContaining('regular expression'),
    });
    expect(await refusal(file, '--only', 'zzz')).toMatchObject({ code: 1, message: expect.stringContaining('zzz') });
  });
});
