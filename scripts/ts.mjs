// Runs one of our TypeScript scripts on every supported Node (20 cannot strip types itself):
// node scripts/ts.mjs <file.ts> [arguments]. The script sees its own arguments from process.argv[2] on.
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
if (!file) throw new Error('usage: node scripts/ts.mjs <file.ts> [arguments]');
process.argv = [process.argv[0] ?? 'node', resolve(file), ...args];
await runnerImport(resolve(file), { configFile: false, logLevel: 'error' });
