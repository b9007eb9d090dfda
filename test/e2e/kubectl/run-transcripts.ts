import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kubectl, OLDEST_MINOR } from '../../support/kubectl.ts';
import { KubectlSandbox } from '../../support/kubectl-sandbox.ts';
import { normalise } from '../../support/normalise.ts';
import { type Expected, expectedFor, readTranscript, type Step, writeTranscript } from '../../support/transcript.ts';
import { requestLines } from './request-lines.ts';

/**
 * `UPDATE_TRANSCRIPTS=1` writes down what happens now, to be read before it is committed: one version after the other, the
 * oldest first (`-t 'kubectl 1.29'`).
 */
export const UPDATE = process.env.UPDATE_TRANSCRIPTS !== undefined;
/** How long requests may take to be written down once kubectl has ended, milliseconds. */
const PATIENCE = UPDATE ? 300 : 2000;

/**
 * What a real kubectl prints and asks, as tests: transcripts of this folder, each a session in a namespace of its own, all
 * in one sandbox.
 */
export function describeTranscripts(kubectl: Kubectl, names: readonly string[]): void {
  describe(`kubectl ${kubectl.version}`, () => {
    let run: KubectlSandbox;
    beforeAll(async () => {
      run = await KubectlSandbox.start(kubectl);
    });
    afterAll(() => run.stop());

    describe.each(names)('%s', (name) => {
      const path = join(import.meta.dirname, `${name}.transcript`);
      const seen: Step[] = [];
      beforeAll(async () => {
        await run.shell(`kubectl create namespace ${name}`);
        run.useNamespace(name);
        run.audited();
      });
      if (UPDATE) afterAll(() => writeFileSync(path, writeTranscript(seen)));

      test.each(readTranscript(readFileSync(path, 'utf8')))('$command', async (step) => {
        const wanted = expectedFor(step, kubectl.minor);
        const got = await perform(run, step.command, wanted.requests.length);
        if (UPDATE) seen.push(withSeen(step, got, kubectl));
        else expect(got).toEqual({ ...wanted, since: 0 });
      });
    });
  });
}

/** What differs from the version before stands behind it; the oldest, which comes first, begins anew. */
function withSeen(step: Step, got: Expected, { minor }: Kubectl): Step {
  const earlier = minor === OLDEST_MINOR ? [] : step.expected.filter(({ since }) => since < minor);
  const before = earlier.at(-1);
  if (before !== undefined && JSON.stringify({ ...before, since: 0 }) === JSON.stringify(got))
    return { ...step, expected: earlier };
  return { ...step, expected: [...earlier, { ...got, since: minor === OLDEST_MINOR ? 0 : minor }] };
}

async function perform(run: KubectlSandbox, command: string, requestsWanted: number): Promise<Expected> {
  const { stdout, stderr, status } = await run.shell(command);
  // Connections and watches are written down when they end, which may be after kubectl has.
  const until = performance.now() + PATIENCE;
  let requests = requestLines(run.audited());
  while ((UPDATE || requests.length < requestsWanted) && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    requests = [...requests, ...requestLines(run.audited())];
  }
  return { since: 0, stdout: normalise(stdout), stderr: normalise(stderr), status: status ?? -1, requests };
}
