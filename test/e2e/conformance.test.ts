import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { LAUNCHER, Workspace } from '../support/workspace.ts';

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());

/** A quiet machine needs a quarter of it. */
const PATIENCE = 180_000;

async function conformance(file: string, ...flags: string[]) {
  const argv = [LAUNCHER, 'conformance', file, ...flags];
  const { status, stdout, stderr } = await place.run(process.execPath, argv, { patience: PATIENCE });
  const lines = stdout.trimEnd().split('\n');
  return { status, stderr, lines, last: lines.at(-1) };
}

describe('recorded answers of the real thing, over sockets', () => {
  const nginx = sharedPath('conformance', 'ingress-nginx.json');
  const suite = sharedPath('conformance', 'ingress-conformance.json');

  test.skipIf(nginx === undefined)('ingress-nginx.json', { timeout: PATIENCE }, async () => {
    const { status, stderr, lines, last } = await conformance(nginx as string);
    expect({ status, stderr, failed: lines.filter((line) => /^(failed|skipped) /.test(line)) }).toEqual({
      status: 0,
      stderr: '',
      failed: [],
    });
    expect(last).toBe('202 passed, 0 failed, 0 skipped');
  });

  test.skipIf(suite === undefined)('ingress-conformance.json', { timeout: PATIENCE }, async () => {
    const { status, lines, last } = await conformance(suite as string);
    expect(lines[0]).toBe('the controller\'s ConfigMap has server-tokens: "true" for these vectors');
    expect(lines.filter((line) => line.startsWith('deviation '))).toEqual([
      'deviation  path-slash-exact-no-slash: status: expected 404, got 200 (conformance/deviations.yaml: exact-path-with-slash-is-redirected)',
    ]);
    expect({ status, last }).toEqual({ status: 0, last: '30 passed, 0 failed, 0 skipped' });
  });
});

test.each(['gateway.json', 'api-errors.json'])("%s is another command's: skipped with the reason", async (name) => {
  const file = sharedPath('conformance', name);
  if (file === undefined) return;
  const { status, last, lines } = await conformance(file);
  expect({ status, last }).toMatchObject({
    status: 0,
    last: expect.stringMatching(/^0 passed, 0 failed, \d+ skipped$/),
  });
  expect(lines[0]).toMatch(/^skipped .*unknown form/);
});
