// Runs in a process of its own: starts the bundle with the given arguments, waits for the word, and writes V8's code cache
// of everything that was compiled by then, functions that ran included.
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeCachePath, runScripts } from '../../bin/load-bundle.mjs';

const [dist = '', entry = '', ...argv] = process.argv.slice(2);
const { exports, scripts } = runScripts(dist, entry);

process.once('message', () => {
  for (const [file, script] of scripts) {
    const path = codeCachePath(dist, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, script.createCachedData());
    renameSync(`${path}.new`, path);
  }
  process.send?.('written');
});
exports.main(argv).then((code) => process.send?.(`ended ${code}`));
