import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sharedPath } from '../support/shared.ts';
import { available } from '../support/tools.ts';
import { LAUNCHER, Workspace } from '../support/workspace.ts';

const lesson = sharedPath('lesson.txt');
const manifest = sharedPath('manifests', 'ingress-nginx', 'deploy', 'static', 'provider', 'aws', 'deploy.yaml');

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());

/** Lets a student work in an empty folder until the script says DONE. */
async function student(script: string, ...args: string[]): Promise<void> {
  const command = [join(import.meta.dirname, script), ...args, process.execPath, LAUNCHER];
  const { status, stdout, stderr } = await place.run('/bin/bash', command, { patience: 55_000 });
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  expect(stdout).toMatch(/^DONE: /m);
}

describe.skipIf(!available('curl') || !available('wget'))('students with bash, curl and an editor', () => {
  test('walk through the canary exercise', () => student('student-canary.sh'));

  test.skipIf(lesson === undefined)('start from the bare text of the lesson, with names of their own', () =>
    student('student-lesson.sh', lesson as string),
  );

  test.skipIf(manifest === undefined)('run a folder whose Namespace sorts last', () =>
    student('student-folder.sh', manifest as string),
  );
});
