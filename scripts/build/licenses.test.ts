import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isPermissive, packageFolder, printLicenses, readPackage } from './licenses.ts';

const folder = mkdtempSync(join(tmpdir(), 'licenses-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writePackage(name: string, license: string, files: Record<string, string>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
  return path;
}

test.each(['MIT', 'ISC', 'Apache-2.0', '(MIT OR GPL-3.0)'])('%s may be bundled', (license) => {
  expect(isPermissive(license)).toBe(true);
});

test.each(['GPL-3.0', 'AGPL-3.0-only', 'MPL-2.0', 'SEE LICENSE IN x', '', undefined])(
  '%s stops the build',
  (license) => {
    expect(isPermissive(license)).toBe(false);
  },
);

test('a package under another license, or without its text, is refused by name', () => {
  expect(() => readPackage(writePackage('copyleft', 'GPL-3.0', { LICENSE: 'GNU' }))).toThrow(
    'copyleft@1.0.0 is under "GPL-3.0"',
  );
  expect(() => readPackage(writePackage('bare', 'MIT', { 'README.md': '# bare' }))).toThrow(
    'bare@1.0.0 carries no license',
  );
});

test('license and notice are kept word for word', () => {
  const path = writePackage('noted', 'Apache-2.0', { LICENSE: 'Apache License', 'NOTICE.txt': 'by Ann' });
  expect(readPackage(path).text).toBe('Apache License\n\nby Ann');
  expect(printLicenses([readPackage(path)])).toContain('noted 1.0.0 (Apache-2.0)');
});

test('seedrandom keeps its license in the README only', () => {
  const require = createRequire(new URL('../../packages/sim-core/package.json', import.meta.url));
  const { text } = readPackage(dirname(require.resolve('seedrandom/package.json')));
  expect(text).toMatch(/^LICENSE \(MIT\).*Copyright 2019 David Bau.*Permission is hereby granted/s);
});

test('the package of a module id', () => {
  expect(packageFolder('/a/node_modules/.pnpm/ws@8.0.0/node_modules/ws/lib/websocket.js')).toBe(
    '/a/node_modules/.pnpm/ws@8.0.0/node_modules/ws',
  );
  expect(packageFolder('\0/a/node_modules/@noble/hashes/sha2.js?commonjs-proxy')).toBe('/a/node_modules/@noble/hashes');
  expect(packageFolder('/a/packages/sim-core/src/index.ts')).toBeUndefined();
});
