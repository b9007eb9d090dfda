import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NGINX_TAKES_IT, nginxSaysOf } from '../../../../../test/support/nginx.ts';
import { sharedPath } from '../../../../../test/support/shared.ts';
import { available } from '../../../../../test/support/tools.ts';
import type { NginxConf } from '../../wire.ts';
import { run } from '../main.ts';
import { packagedScenarios } from '../package-root.ts';
import { fakeOutput } from '../testing/fake-output.ts';
import { runningSession } from '../testing/running-session.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const hasNginx = available('nginx');
const CANARY = scenarioText('canary');
const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';

function scenarioText(wanted: string): string {
  return readFileSync(packagedScenarios().find(({ name }) => name === wanted)?.file ?? '', 'utf8');
}

async function printConf(...argv: string[]) {
  const output = fakeOutput();
  const status = await run(['print-conf', ...argv], output);
  return { status, stdout: output.stdout, stderr: output.stderr };
}

/** A file in a folder of its own; lines are told by its name. */
function fileOf(text: string, name = 'canary.yaml'): string {
  return temporaryFolder().write(name, text);
}

function lineOf(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

/** Prefix paths `/a` and `/a/` make one location twice. */
const TWICE = CANARY.replace(
  /( {6}- path: \/\n(?:.*\n){6})/,
  (whole) => `${whole.replace('path: /', 'path: /a')}${whole.replace('path: /', 'path: /a/')}`,
);

describe('print-conf of files', () => {
  it('says behind a line which annotation or rule wrote it, and where that stands', async () => {
    const file = fileOf(CANARY);
    const { status, stdout, stderr } = await printConf(file);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const weight = lineOf(CANARY, 'canary-weight: "5"');
    expect(stdout).toContain(`weight 5 of 100 # ${file}:${weight} nginx.ingress.kubernetes.io/canary-weight\n`);
    expect(stdout).toMatch(/location \/ \{ # \S+canary\.yaml:\d+ spec\.rules\[0\]\.http\.paths\[0\]\n/);
    expect((await printConf(file, '--no-sources')).stdout).not.toContain(file);
  });

  it('gives every line its sources in JSON, with default settings where nobody set any', async () => {
    const { stdout } = await printConf(fileOf(CANARY), '--output', 'json');
    const { lines, pod, failure } = JSON.parse(stdout) as NginxConf;
    expect({ pod, failure }).toEqual({
      pod: expect.stringMatching(/^ingress-nginx\/ingress-nginx-controller-/),
      failure: '',
    });
    const find = (part: string) => lines.filter(({ text }) => text.includes(part)).at(-1)?.sources;
    expect(find('client_max_body_size')).toEqual([{ kind: 'default', name: 'proxy-body-size' }]);
    expect(find('set $service_name')).toMatchObject([
      { kind: 'rule', name: 'spec.rules[0].http.paths[0]', object: { kind: 'Ingress', name: 'netflix-frontend' } },
    ]);
    expect(find('weight 5')).toMatchObject([
      {
        kind: 'annotation',
        object: { name: 'canary' },
        source: { line: lineOf(CANARY, 'canary-weight: "5"'), column: expect.any(Number) },
      },
    ]);
  });

  it('names keys of the ConfigMap and flags of the controller, too', async () => {
    const configMap = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
data:
  proxy-body-size: 8m
  hsts-max-age: nonsense
`;
    const { stdout } = await printConf(fileOf(CANARY + configMap), '--host', HOST);
    const line = lineOf(CANARY + configMap, 'proxy-body-size');
    expect(stdout).toMatch(new RegExp(`client_max_body_size 8m; # \\S+:${line} proxy-body-size\n`));
    expect(stdout).toMatch(/\$hsts always;\n/);
  });

  it('prints one host', async () => {
    const { stdout } = await printConf(fileOf(CANARY), '--host', `${HOST}:8080`);
    expect(stdout.match(/server_name (.*);/g)).toEqual([`server_name ${HOST};`]);
    expect((await printConf(fileOf(CANARY), '--host', 'nobody.test')).stdout).toContain('server_name _;');
  });

  it('adds a controller where there is none, and says so', async () => {
    const { status, stderr, stdout } = await printConf(fileOf(CANARY.replace('addons: [ingress-nginx]', 'addons: []')));
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'No ingress controller runs in these manifests; printed as with --addon ingress-nginx.\n',
    });
    expect(stdout).toContain('upstream default-netflix-frontend-3000');
  });

  it('prints what nginx refuses, says so and fails', async () => {
    const { status, stdout, stderr } = await printConf(fileOf(TWICE));
    expect(status).toBe(1);
    expect(stderr).toMatch(/nginx refuses this configuration, .*: nginx: \[emerg\] duplicate location "\/a\/"\n/);
    expect(stdout.match(/location \/a\/ /g)).toHaveLength(2);
  });

  it('cannot write where it may not', async () => {
    const file = fileOf(CANARY);
    expect(await printConf(file, '--dir', join(file, 'x'))).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/canary\.yaml\/x cannot be written: /),
    });
  });
});

describe('print-conf of a running sandbox', () => {
  it('prints what runs', async () => {
    const running = await runningSession({ 'canary.yaml': CANARY });
    await running.next('settled');
    const { status, stdout } = await printConf();
    expect(status).toBe(0);
    expect(stdout).toMatch(/weight 5 of 100 # \S*canary\.yaml:\d+ nginx\.ingress\.kubernetes\.io\/canary-weight\n/);
    const folder = join(temporaryFolder().path, 'nginx');
    expect((await printConf('--dir', folder, '--http-port', '18080')).stdout).toContain(`in ${folder}\n`);
    expect(readFileSync(join(folder, 'nginx.conf'), 'utf8')).toContain('listen 18080 default_server;');
    expect(statSync(join(folder, 'ssl', 'default-fake-certificate.pem')).mode & 0o777).toBe(0o600);
  });

  it('keeps to what runs when nginx refuses a newer one, unless it is asked for that', async () => {
    const running = await runningSession({ 'canary.yaml': TWICE });
    await running.next('settled');
    const { status, stdout, stderr } = await printConf();
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(/nginx refused a newer one: .*--refused/s),
    });
    expect(stdout).not.toContain('location /a/');
    expect(await printConf('--refused')).toMatchObject({ status: 1, stdout: expect.stringContaining('location /a/') });
  });
});

describe.skipIf(!hasNginx)('nginx -t', () => {
  const written = async (file: string, ...more: string[]) => {
    const folder = join(temporaryFolder().path, 'nginx');
    const { stdout, stderr } = await printConf(file, '--dir', folder, ...more);
    mkdirSync(folder, { recursive: true });
    return nginxSaysOf(folder) || `${stdout}${stderr}`;
  };

  it.each(packagedScenarios().map(({ name, file }) => [name, file] as const))(
    'takes the scenario %s',
    async (_name, file) => {
      expect(await written(file)).toMatch(NGINX_TAKES_IT);
    },
    60_000,
  );

  it('refuses what the controller refuses, in the same words', async () => {
    expect(await written(fileOf(TWICE))).toContain('duplicate location "/a/"');
  });

  const shared = sharedPath('manifests');
  const files = shared === undefined ? [] : readdirSync(shared, { recursive: true, encoding: 'utf8' });
  const ingresses = files.filter((name) => name.endsWith('.yaml') && /^kind: Ingress$/m.test(textIn(shared, name)));

  it.skipIf(shared === undefined).each(ingresses)(
    'takes %s',
    async (name) => {
      const text = textIn(shared, name).replaceAll(/__INGRESS_HOST__|__INGRESS_SECRET__|<your domain>/g, 'app.test');
      expect(await written(fileOf(text), '--addon', 'ingress-nginx')).toMatch(NGINX_TAKES_IT);
    },
    60_000,
  );
});

function textIn(folder: string | undefined, name: string): string {
  return readFileSync(join(folder ?? '', name), 'utf8');
}
