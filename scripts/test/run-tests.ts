import { startVitest } from 'vitest/node';

/** How a run went. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs vitest projects, in their order; a file that does not load and an error outside of tests count as one failure each. */
export async function runTests(projects: string[], filters: string[] = []): Promise<Counts> {
  const vitest = await startVitest('test', filters, { project: projects, run: true, watch: false });
  const counts = { passed: 0, failed: vitest.state.getUnhandledErrors().length, skipped: 0 };
  for (const file of vitest.state.getTestModules()) {
    const tests = [...file.children.allTests()].map((test) => test.result().state);
    for (const state of tests) counts[state === 'pending' ? 'skipped' : state] += 1;
    if (!file.ok() && !tests.includes('failed')) counts.failed += 1;
  }
  await vitest.close();
  return counts;
}

/** `12 passed, 0 failed`, and how many were skipped if any. */
export function printCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
