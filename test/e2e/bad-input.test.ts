import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FREE_PORTS, type Result, Workspace } from '../support/workspace.ts';
import { BAD_COMMANDS, BAD_INPUT, type BadInput } from './bad-input.ts';

const place = new Workspace();
beforeAll(() => {
  mkdirSync(join(place.folder, 'empty-folder'));
  place.write('web.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n');
});
afterAll(() => place.clear());

/** One message and nothing else: no stack, no bug report, nothing on stdout that looks like a start, and soon. */
function expectPlain({ stdout, stderr, milliseconds }: Result): void {
  const said = stdout + stderr;
  expect(said).not.toMatch(/^\s+at /m);
  expect(said).not.toMatch(/bug|undefined|\[object/);
  expect(said.length).toBeLessThan(4000);
  expect(milliseconds).toBeLessThan(5000);
}

function fileOf({ what, name, text }: BadInput): string {
  return name ?? place.write(`${what.replaceAll(/\W+/g, '-')}.yaml`, text ?? '');
}

describe.each(['run', 'validate'])('%s says what is wrong, where, and what to do', (command) => {
  test.concurrent.each(BAD_INPUT)('$what', async (bad) => {
    const file = fileOf(bad);
    const result = await place.cli(command, file, ...(command === 'run' ? FREE_PORTS : []));
    const said = result.stdout + result.stderr;
    expect(result.status, said).toBe(1);
    if (bad.place !== undefined) expect(said).toContain(`${file}:${bad.place}: `);
    else expect(said).toContain(file);
    expect(said).toMatch(bad.message);
    expect(said.slice(said.search(bad.message))).toMatch(bad.fix);
    expectPlain(result);
  });
});

describe('a bad command line', () => {
  test.concurrent.each(BAD_COMMANDS)('$what', async ({ args, code, message }) => {
    const result = await place.cli(...args);
    expect(result.stderr).toMatch(message);
    expect(result).toMatchObject({ status: code, stdout: '' });
    expectPlain(result);
  });

  test('no arguments: three examples, every scenario, and where to start', async () => {
    const result = await place.cli();
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toMatch(/start here/i);
    expect(result.stdout.match(/^ +npx k8s-ingress-sandbox /gm)).toHaveLength(3);
    expect(result.stdout).toMatch(/^ +canary +Send 5 %/m);
    expectPlain(result);
  });
});
