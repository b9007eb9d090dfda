import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { bundleForBrowser } from './support/browser-bundle.ts';

const artifacts = join(import.meta.dirname, '..', 'artifacts');

test('the engine bundles for a browser and loads where there is nothing of Node', { timeout: 30_000 }, async () => {
  const { code, modules } = await bundleForBrowser();
  expect(modules.filter((path) => /sim-core\/src\/(host|cli)\//.test(path))).toEqual([]);
  const page = {
    console,
    TextEncoder,
    TextDecoder,
    URL,
    URLSearchParams,
    crypto,
    performance,
    setTimeout,
    clearTimeout,
  };
  expect(() => runInNewContext(code, { ...page })).not.toThrow();
});

test('a module that reaches for Node is refused by name', async () => {
  const folder = join(artifacts, 'refused');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'entry.ts'), `import { read } from './files.ts';\nconsole.log(read);\n`);
  writeFileSync(
    join(folder, 'files.ts'),
    `import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n`,
  );
  await expect(bundleForBrowser('artifacts/refused/entry.ts')).rejects.toThrow('files.ts imports node:fs');
  rmSync(folder, { recursive: true });
});
