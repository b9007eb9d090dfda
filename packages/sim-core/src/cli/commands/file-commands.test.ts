import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadBalancerHostname } from '../../cloud/hostname.ts';
import { run } from '../main.ts';
import { packagedScenarios } from '../package-root.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { BAD_SERVICE, configMap, deployment, loadBalancer, scenario } from '../testing/manifests.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

async function cli(...argv: string[]) {
  const output = fakeOutput();
  const status = await run(argv, output);
  return { status, stdout: output.stdout, stderr: output.stderr };
}

const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
const CANARY = readFileSync(packagedScenarios().find(({ name }) => name === 'canary')?.file ?? '', 'utf8');
const APP = `${deployment('web')}---\n${loadBalancer('web')}`;

describe('validate', () => {
  const validate = (text: string, ...more: string[]) =>
    cli('validate', temporaryFolder().write('a.yaml', text), ...more);

  it('has nothing to say of what is right', async () => {
    expect(await validate(APP)).toEqual({ status: 0, stdout: '2 objects, nothing to complain about\n', stderr: '' });
  });

  it('names every place, whoever complains: the text, the API server, the doctor', async () => {
    expect((await validate(`${configMap('a')}daata: {}\n`)).stdout).toMatch(
      /a\.yaml:5:1: error: unknown field "daata"/,
    );
    expect((await validate(BAD_SERVICE)).stdout).toMatch(
      /a\.yaml:5:9: error: spec\.type: Unsupported value[\s\S]*1 error\n$/,
    );
    const broken = await validate(APP.replace('selector: { app: web }', 'selector: { app: wbe }'));
    expect(broken.stdout).toMatch(/a\.yaml:\d+:\d+: (error|warning): .*wbe/);
  });

  it('ends with 1 for errors only', async () => {
    expect((await validate('kind: [\n')).status).toBe(1);
    expect((await validate(scenario('{ images: [{ program: wbe }] }'))).status).toBe(1);
    const ingress = CANARY.replace('addons: [ingress-nginx]', 'addons: []');
    const { status, stdout } = await validate(ingress);
    expect(stdout).toMatch(/warning: .*no ingress controller runs/);
    expect(status).toBe(0);
    expect((await validate(ingress, '--addon', 'ingress-nginx')).stdout).not.toContain('no ingress controller');
  });

  it('answers in JSON', async () => {
    const complaints = JSON.parse((await validate(BAD_SERVICE, '--output', 'json')).stdout);
    expect(complaints).toMatchObject([
      { severity: 'error', line: 5, column: 9, file: expect.stringMatching(/a\.yaml$/) },
    ]);
    expect(JSON.parse((await validate(APP, '--output', 'json')).stdout)).toEqual([]);
  });

  it('takes no packaged scenario for a missing file', async () => {
    expect(await cli('validate', 'scenarios/nope.yaml')).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('simulate', () => {
  const simulate = (text: string, ...more: string[]) =>
    cli('simulate', temporaryFolder().write('a.yaml', text), ...more);

  it('counts where requests went, the same for the same seed', async () => {
    const once = await simulate(CANARY, '--requests', '2000', '--seed', '7', '--output', 'json');
    const result = JSON.parse(once.stdout);
    expect(result).toMatchObject({ requests: 2000, seed: '7', split: [{ n: 2000 }] });
    const counts = Object.fromEntries(
      result.answers.map((each: { service: string; requests: number }) => [each.service, each.requests]),
    );
    expect(counts['default/netflix-frontend'] + counts['default/netflix-frontend-canary']).toBe(2000);
    expect((await simulate(CANARY, '--requests', '2000', '--seed', '7', '--output', 'json')).stdout).toBe(once.stdout);
  });

  it('sends headers', async () => {
    const header = readFileSync(packagedScenarios().find(({ name }) => name === 'canary-header')?.file ?? '', 'utf8');
    const { stdout } = await simulate(header, '--requests', '50', '--header', 'FOO: bar');
    expect(stdout).toMatch(/^50 requests in virtual time, seed 1\n {2}default\/netflix-frontend-canary 200 {2}50\n/);
  });

  it('tells requests that no Ingress has seen, and those that nobody answers', async () => {
    const own = `http://${loadBalancerHostname('default', 'web')}/`;
    expect((await simulate(APP, '--requests', '10', '--url', own)).stdout).toMatch(
      /\(answered past the ingress controller\) {2}10\n/,
    );
    const { stdout } = await simulate(
      `${deployment('web', 'web:does-not-exist')}---\n${loadBalancer('web')}`,
      '--requests',
      '10',
      '--url',
      'http://x/',
    );
    expect(stdout).toMatch(/\(closed without an answer\) {2}10\n/);
  });

  it('needs a controller, or a URL', async () => {
    expect(await simulate(APP)).toEqual({
      status: 1,
      stdout: '',
      stderr: 'no ingress controller runs here\n  Name a --url, or start one: --addon ingress-nginx\n',
    });
    expect((await simulate(APP, '--url', 'x')).status).toBe(2);
    expect((await simulate(APP, '--requests', '0')).status).toBe(2);
  });
});

describe('explain --file', () => {
  it('needs no running sandbox', async () => {
    const file = temporaryFolder().write('canary.yaml', CANARY);
    const { status, stdout } = await cli('explain', 'http://LOAD_BALANCER/', '--file', file);
    expect(status).toBe(0);
    expect(stdout).toContain(`GET http://${HOST}/`);
    expect(stdout).toMatch(/canary\.yaml:\d+/);
    expect((await cli('explain', `http://${HOST}/`, '--file', file, '--output', 'json')).stdout).toMatch(/^\{"id"/);
  });

  it('takes the add-on where the files have no controller', async () => {
    const file = temporaryFolder().write('app.yaml', APP);
    expect((await cli('explain', 'http://LOAD_BALANCER/', '--file', file)).stderr).toBe(
      'no ingress controller runs here\n  Add one: --addon ingress-nginx\n',
    );
    expect((await cli('explain', 'http://LOAD_BALANCER/', '--file', file, '--addon', 'ingress-nginx')).status).toBe(0);
    expect((await cli('explain', 'ftp://x/', '--file', file)).status).toBe(1);
  });
});

describe('init', () => {
  it('copies a scenario with a README, and says how to go on', async () => {
    const folder = join(temporaryFolder().path, 'my-tls');
    const { status, stdout } = await cli('init', 'tls', folder);
    expect(status).toBe(0);
    expect(stdout).toContain(`next: npx k8s-ingress-sandbox ${join(folder, 'tls.yaml')}\n`);
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme).toMatch(/^# tls\n\nHTTPS: a certificate from a Secret/);
    expect(readme).toContain('npx k8s-ingress-sandbox tls.yaml');
    expect(readme).not.toContain('undefined');
  });

  it('overwrites nothing unless it is told to', async () => {
    const folder = temporaryFolder({ 'README.md': 'mine', 'canary.yaml': 'mine' });
    const { status, stderr } = await cli('init', 'canary', folder.path);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `${folder.path}/canary.yaml exists already\n  Name another folder: npx k8s-ingress-sandbox init canary my-canary\n  Or overwrite it: --force\n`,
    });
    expect((await cli('init', 'tls', folder.path)).stdout).toContain('README.md stays as it is');
    expect(readFileSync(join(folder.path, 'README.md'), 'utf8')).toBe('mine');
    expect((await cli('init', 'canary', folder.path, '--force')).status).toBe(0);
    expect(readFileSync(join(folder.path, 'canary.yaml'), 'utf8')).toBe(CANARY);
  });

  it('knows its scenarios', async () => {
    expect((await cli('init', 'canray')).stderr).toBe('no scenario is called canray; did you mean canary?\n');
    expect((await cli('init', 'zzzzzzzz')).stderr).toMatch(/; there are service, loadbalancer, /);
    expect((await cli('init', 'a', 'b', 'c')).status).toBe(2);
  });

  it('says where it cannot write', async () => {
    const file = temporaryFolder().write('file', '');
    expect((await cli('init', 'canary', join(file, 'below'))).status).toBe(3);
  });
});

it('scenarios are listed for people and for programs', async () => {
  const { stdout, stderr } = await cli('scenarios');
  expect(stdout.split('\n')).toHaveLength(packagedScenarios().length + 1);
  expect(stderr).toBe('\nStart one by its name: npx k8s-ingress-sandbox service\n');
  expect(JSON.parse((await cli('scenarios', '--output', 'json')).stdout)).toEqual(packagedScenarios());
});
