// Runs the bundle with these arguments and says, in a last line, how many microseconds of CPU time the process took.
import { join } from 'node:path';
import { loadBundle } from '../../../bin/load-bundle.mjs';

process.exitCode = await loadBundle(join(import.meta.dirname, '..', '..', '..', 'dist')).main(process.argv.slice(2));
const { user, system } = process.cpuUsage();
console.log(user + system);
