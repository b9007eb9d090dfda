// npm test: the checks, then every test. pnpm test <filter …>: only the tests whose path matches. pnpm test:long: --long.
import { runChecks } from '../check/steps.ts';
import { ensureTools } from './ensure-tools.ts';
import { printCounts, runTests } from './run-tests.ts';

const long = process.argv.includes('--long');
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

ensureTools();
const checks = filters.length > 0 || long ? { passed: 0, failed: 0 } : await runChecks();
const tests = await runTests(long ? ['long'] : ['unit', 'clients', 'e2e'], filters);
const failed = checks.failed + tests.failed;
console.log(printCounts({ passed: checks.passed + tests.passed, failed, skipped: tests.skipped }));
process.exitCode = failed > 0 ? 1 : 0;
