import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../support/keep-alive-client.ts';
import { ScenarioRun } from '../support/scenario-run.ts';
import { FREE_PORTS, LAUNCHER, type Result, Workspace } from '../support/workspace.ts';

const OTHER = `apiVersion: v1
kind: Service
metadata:
  name: other
spec:
  ports:
  - port: 80
`;

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());

/** Runs a printed command as it stands; its npx is the launcher, and ports are free ones. */
function pasteCommand(line: string): Promise<Result> {
  mkdirSync(join(place.folder, 'bin'), { recursive: true });
  place.write('bin/npx', `#!/bin/sh\nshift\nexec '${process.execPath}' '${LAUNCHER}' "$@"\n`);
  chmodSync(join(place.folder, 'bin', 'npx'), 0o755);
  return place.run('/bin/sh', ['-c', line], { env: { PATH: `${join(place.folder, 'bin')}:${place.env.PATH}` } });
}

describe('commands that are printed', () => {
  test('the three examples', async () => {
    const { stdout } = await place.cli();
    const [run = '', init = '', validate = ''] = stdout.match(/npx k8s-ingress-sandbox .*/g) ?? [];
    expect(await pasteCommand(init)).toMatchObject({ status: 0, stderr: '' });
    expect(await pasteCommand(validate)).toMatchObject({ status: 0, stderr: '' });
    const [, file = ''] = /^npx k8s-ingress-sandbox (\S+)$/.exec(run) ?? [];
    const sandbox = place.start(file, '--output', 'json', '--cloud-delay', '0s');
    await sandbox.event('settled', ({ ok }) => ok === true);
    await sandbox.stop();
  });

  test('init says how to go on, and that works; it overwrites nothing', async () => {
    const { stdout } = await place.cli('init', 'canary-header', 'mine');
    expect(existsSync(join(place.folder, 'mine', 'README.md'))).toBe(true);
    const [, file = ''] = /npx k8s-ingress-sandbox (\S+)$/m.exec(stdout) ?? [];
    const run = await ScenarioRun.start(place, file);
    expect((await ask(run.target)).status).toBe(200);
    await run.sandbox.stop();
    expect(await place.cli('init', 'canary-header', 'mine')).toMatchObject({ status: 1, stdout: '' });
    expect(await place.cli('init', 'nothing-like-it')).toMatchObject({ status: 1, stdout: '' });
  });

  test('export prints the objects as they are now, and that applies unchanged', async () => {
    const run = await ScenarioRun.start(place, place.scenario('canary'));
    const exported = await place.cli('export');
    expect(exported).toMatchObject({ status: 0, stderr: '' });
    expect(exported.stdout).toContain('nginx.ingress.kubernetes.io/canary-weight: "5"');
    expect(exported.stdout).not.toMatch(/uid:|resourceVersion:|last-applied|status:/);
    place.write('again.yaml', exported.stdout);
    const again = await place.cli('apply', 'again.yaml');
    expect(again.status).toBe(0);
    expect(again.stdout).not.toMatch(/configured|created/);
    await run.sandbox.stop();
  });

  test('every scenario is valid', async () => {
    const { stdout } = await place.cli('scenarios');
    const names = [...stdout.matchAll(/^ +(\S+)/gm)].map(([, name]) => name as string);
    expect(names).toContain('canary');
    // This one shows what is missing, and validate says the same.
    const lacking = await place.cli('validate', place.scenario('no-controller'));
    expect(lacking.stdout).toMatch(/^no-controller\.yaml:\d+:\d+: .*no ingress controller runs/);
    for (const name of names.filter((each) => each !== 'no-controller')) {
      const { status, stdout: said } = await place.cli('validate', place.scenario(name));
      expect(status, said).toBe(0);
    }
  });
});

describe('commands against a running sandbox', () => {
  test('ps, hosts, apply, delete, load, explain, stop', async () => {
    const run = await ScenarioRun.start(place, place.scenario('canary'), '--name', 'mine');
    const { pid, http } = run.ready;
    expect((await place.cli('ps')).stdout).toMatch(new RegExp(`^${pid} +mine +canary\\.yaml .* ${http} `, 'm'));
    expect((await place.cli('hosts')).stdout).toContain(`127.0.0.1 ${run.hostname}\n`);

    const other = place.write('other.yaml', OTHER);
    expect(await place.cli('apply', other)).toMatchObject({ status: 0, stdout: 'service/other created\n' });
    expect(await place.cli('apply', other)).toMatchObject({ status: 0, stdout: 'service/other unchanged\n' });
    expect((await place.cli('delete', other)).stdout).toMatch(/service\/other.* deleted/);
    place.edit('other.yaml', 'port: 80', 'port: 80000');
    const refused = await place.cli('apply', other);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^other\.yaml:7:11: .*80000.*must be between 1 and 65535/m);

    const load = await place.cli('load', `http://${run.hostname}/`, '--rate', '200', '--duration', '1s');
    expect(load).toMatchObject({ status: 0, stderr: '' });
    expect(load.stdout).toMatch(/^\d+ sent, \d+ answered, 0 failed$/m);
    expect(load.stdout).toMatch(/of \d+ draws to the canary/);

    const why = await place.cli('explain', `http://${run.hostname}/`);
    expect(why).toMatchObject({ status: 0, stderr: '' });
    expect(why.stdout).toMatch(/netflix-frontend/);
    expect(why.stdout).toMatch(/canary\.yaml:\d+/);

    expect(await place.cli('stop', 'mine')).toMatchObject({ status: 0, stderr: '' });
    expect(await run.sandbox.ended).toEqual({ code: 0, signal: null });
    expect(await place.cli('stop', 'mine')).toMatchObject({ status: 3, stdout: '' });
  });

  test('what is in no file is told in the end', async () => {
    const sandbox = place.start(place.scenario('ingress'), '--cloud-delay', '0s');
    await sandbox.line(/^It answers/);
    await place.cli('apply', place.write('other.yaml', OTHER));
    await sandbox.stop();
    expect(sandbox.lines.join('\n')).toMatch(/^In no file: .*Service other/m);
  });
});

describe('a file that is saved', () => {
  test('is shown and applied on Enter only; r puts everything back; an error leaves the cluster as it is', async () => {
    const file = place.scenario('canary');
    const sandbox = place.start(file, '--cloud-delay', '0s');
    await sandbox.line(/^Keys:/);
    place.edit(file, 'canary-weight: "5"', 'canary-weight: "100"');
    await sandbox.line(/^canary\.yaml changed \(line \d+: weight 5 → 100\)\. Press Enter to apply, d for diff$/);
    sandbox.type('d\n');
    await sandbox.line(/^\+ .*canary-weight: "100"/);
    sandbox.type('\n');
    await sandbox.line(/^configured: ingress\/canary$/);
    place.edit(file, 'canary-weight: "100"', 'canary-weight: "100');
    await sandbox.line(/saved with an error/);
    await sandbox.line(/^canary\.yaml:\d+:\d+: /);
    place.edit(file, 'canary-weight: "100', 'canary-weight: "5"');
    await sandbox.line(/Press Enter to apply/);
    expect((await place.cli('apply', place.write('other.yaml', OTHER))).status).toBe(0);
    expect((await place.cli('delete', file)).status).toBe(0);
    sandbox.type('r\n');
    await sandbox.line(/^created: deployment\/netflix-movie-catalog,/);
    const [curl = ''] = /curl http:.*/.exec(sandbox.lines.join('\n')) ?? [];
    expect((await place.shell(curl)).stdout).toMatch(/^netflix-frontend\S* 0\.\d\.0$/m);
    await sandbox.stop();
    expect(sandbox.lines.join('\n')).not.toContain('In no file');
    expect(sandbox.errors).toBe('');
  });

  test('reset brings back what was deleted, the add-on too, and takes away what came from elsewhere', async () => {
    const run = await ScenarioRun.start(place, place.scenario('canary'));
    const controller = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ingress-nginx' };
    await run.control('POST', '/api/v1/delete', { ...controller, name: 'ingress-nginx-controller' });
    await run.control('POST', '/api/v1/apply', { manifests: OTHER });
    expect((await ask(run.target)).status).toBe(0);
    expect((await run.control('POST', '/api/v1/reset', {})).status).toBe(200);
    await run.sandbox.event('settled', ({ ok }) => ok === true);
    expect((await ask(run.target)).status).toBe(200);
    const snapshot = JSON.stringify((await run.control('GET', '/api/v1/snapshot')).body);
    expect(snapshot).not.toContain('"other"');
    await run.sandbox.stop();
  });

  test('is applied at once with --watch', async () => {
    const file = place.scenario('canary');
    const run = await ScenarioRun.start(place, file, '--watch');
    place.edit(file, 'canary-weight: "5"', 'canary-weight: "100"');
    await run.sandbox.event('applied', ({ name, action }) => name === 'canary' && action === 'configured');
    await run.sandbox.event('settled', ({ ok }) => ok === true);
    expect((await ask(run.target)).app).toBe('netflix-frontend-canary 0.9.0');
    await run.sandbox.stop();
  });
});

test('standard input is a file like any other', async () => {
  const file = place.scenario('canary');
  const line = `'${process.execPath}' '${LAUNCHER}' - --output json --cloud-delay 0s ${FREE_PORTS.join(' ')} < ${file}`;
  const sandbox = place.spawn('/bin/sh', '-c', line);
  await sandbox.event('settled', ({ ok }) => ok === true);
  expect(await place.cli('stop')).toMatchObject({ status: 0 });
  expect((await sandbox.ended).code).toBe(0);
});

test('simulate gives the same counts for the same seed', async () => {
  const args = ['simulate', place.scenario('canary'), '--requests', '2000', '--seed', 'lesson', '--output', 'json'];
  const [first, second] = [await place.cli(...args), await place.cli(...args)];
  expect(first).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(first.stdout)).toMatchObject({ requests: 2000, seed: 'lesson' });
  expect(second.stdout).toBe(first.stdout);
});
