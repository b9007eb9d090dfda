import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeCodeCache } from './code-cache.ts';

const project = join(import.meta.dirname, '..', '..');

/** Bundles a main function, warms it up, and says how far that went and what was stored. */
async function warmUp(main: string): Promise<{ warmed: string; files: string[] }> {
  const dist = mkdtempSync(join(tmpdir(), 'dist-'));
  onTestFinished(() => rmSync(dist, { recursive: true }));
  mkdirSync(join(dist, 'cli'));
  const entry = join(dist, 'cli', 'main.cjs');
  writeFileSync(entry, `exports.main = ${main};`);
  writeFileSync(
    join(dist, 'cli', 'edge.cjs'),
    'exports.answer = (request, response) => response.end(request.headers.host);',
  );
  const warmed = await writeCodeCache(project, dist, entry);
  const files = warmed === 'none' ? [] : readdirSync(join(dist, 'code-cache'));
  return { warmed, files: files.map((name) => name.replace(`.${process.version}-${process.arch}.cache`, '')) };
}

test('a scenario is run, and one request is answered before the cache is written', async () => {
  const main = `async (argv) => {
    if (argv[0] === 'grade') return 1;
    const say = (event) => console.log(JSON.stringify(event));
    const server = require('node:http').createServer((request, response) => require('./edge.cjs').answer(request, response));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    console.log('no event');
    say({ event: 'ready', http: 'http://127.0.0.1:' + server.address().port });
    say({ event: 'settled', ok: true });
    return new Promise(() => {});
  }`;
  expect(await warmUp(main)).toEqual({ warmed: 'scenario', files: ['cli-edge.cjs', 'cli-main.cjs'] });
});

test('a grade adds to what the scenario has warmed up', async () => {
  const main = `async (argv) => {
    if (argv[0] === 'grade') return require('./edge.cjs') && 0;
    console.log(JSON.stringify({ event: 'ready', http: 'http://127.0.0.1:1' }));
    console.log(JSON.stringify({ event: 'settled', ok: true }));
    return new Promise(() => {});
  }`;
  expect(await warmUp(main)).toEqual({ warmed: 'scenario and grade', files: ['cli-edge.cjs', 'cli-main.cjs'] });
});

test('an engine that cannot run the scenario is still built', async () => {
  expect(await warmUp(`async (argv) => (argv[0] === 'version' ? 0 : 70)`)).toEqual({
    warmed: 'version only',
    files: ['cli-main.cjs'],
  });
  expect(await warmUp(`() => Promise.reject(new Error('broken'))`)).toEqual({ warmed: 'none', files: [] });
});
