// pnpm check: everything that is decided without running the product.
import { runChecks } from './steps.ts';

const { failed } = await runChecks();
process.exitCode = failed > 0 ? 1 : 0;
