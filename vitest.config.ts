import { defineConfig } from 'vitest/config';

const E2E = ['packages/*/e2e/**/*.test.ts', 'test/e2e/**/*.test.ts'];
/** Commands that mostly wait, each with a home and ports of its own: two at a time. */
const CLIENTS = ['test/e2e/{kubectl,grade}/**/*.test.ts', 'test/e2e/{kubectl-built-in,package,students}.test.ts'];
const LONG = ['packages/**/*.long.test.{ts,tsx}', 'test/**/*.long.test.ts'];
const NEVER = ['**/node_modules/**', '**/dist/**'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // `npm test` prints how many ran in the end; a project without tests yet is no failure.
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...NEVER, ...E2E, ...LONG],
          // No module holds state (pnpm check sees to it), so test files need no fresh copies of them.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'clients',
          include: CLIENTS,
          exclude: [...NEVER, ...LONG],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: E2E,
          exclude: [...NEVER, ...LONG, ...CLIENTS],
          // Real ports and browsers, some of them timed: one file after the other, behind the rest.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: LONG,
          exclude: NEVER,
          testTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
