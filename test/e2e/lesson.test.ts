import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/browser.ts';
import { linesToPaste, paste } from '../support/lines-to-paste.ts';
import { available } from '../support/tools.ts';
import { PROJECT, Workspace } from '../support/workspace.ts';

const ANSWER = /^netflix-(frontend|movie-catalog)\S* \d+\.\d+\.\d+$/m;
const scenarios = readdirSync(join(PROJECT, 'scenarios'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));

const place = new Workspace();
afterAll(() => place.clear());

describe.skipIf(!available('curl') || !available('wget'))('the lesson, with the lines that are printed', () => {
  test('the loop shows 0.8.0 and 0.9.0', async () => {
    const sandbox = place.start(place.scenario('canary'));
    const [, pending] = await sandbox.line(/^Load balancer of Service (\S+): <pending>/);
    expect(pending).toBe('ingress-nginx/ingress-nginx-controller');
    const [, hostname = ''] = await sandbox.line(/^Load balancer of Service \S+: (\S+\.elb\.us-east-1\.localhost)$/);
    const lines = await linesToPaste(sandbox);
    const port = /^ {2}edge +http:\/\/127\.0\.0\.1:(\d+)/m.exec(sandbox.lines.join('\n'))?.[1];
    const loop = `http_proxy=http://127.0.0.1:${port} /bin/sh -c "while sleep 0.05; do (wget -q -O- http://${hostname} &); done"`;
    expect(lines).toContain(loop);
    expect(lines).toContain(`curl http://${hostname}:${port}/`);
    await paste(place, loop, [/^netflix-frontend 0\.8\.0$/, /^netflix-frontend-canary 0\.9\.0$/]);
    expect(await sandbox.stop()).toEqual({ code: 0, signal: null });
  });

  test.each(scenarios)('every line that %s prints works', async (name) => {
    const file = place.scenario(name);
    const text = readFileSync(join(PROJECT, 'scenarios', file), 'utf8');
    const published = text.match(/^ {2}type: LoadBalancer$/gm)?.length ?? 0;
    const expected = published + (/^ {2}addons: \[ingress-nginx\]/m.test(text) ? 1 : 0);
    const sandbox = place.start(file, '--cloud-delay', '0s');
    const [, page = ''] = await sandbox.line(/^ {2}page +(\S+)$/);
    const lines = expected > 0 ? await linesToPaste(sandbox, expected) : [];
    expect(lines.length).toBeGreaterThanOrEqual(expected);
    for (const line of lines) await paste(place, line, [ANSWER]);
    expect((await fetch(page)).status).toBe(200);
    expect(await sandbox.stop()).toEqual({ code: 0, signal: null });
  });

  test.each([
    ['canary', 'shop.example.com'],
    ['tls', 'shop.example.com'],
    ['ingress', '*.example.com'],
  ])('the lines of %s with the host %s work as well', async (name, host) => {
    const file = place.scenario(name);
    place.edit(file, 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost', `"${host}"`);
    place.edit(file, 'path: /', 'path: /films');
    const sandbox = place.start(file, '--cloud-delay', '0s');
    const lines = await linesToPaste(sandbox);
    expect(lines.join('\n')).toContain('example.com/films');
    for (const line of lines) await paste(place, line, [ANSWER]);
    await sandbox.stop();
  });

  test('a scenario without anything to ask names the next one, and that line works', async () => {
    const sandbox = place.start('service');
    const [, next = ''] = await sandbox.line(/^Next: npx k8s-ingress-sandbox (\S+)$/);
    await sandbox.stop();
    const second = place.start(next);
    await second.line(/^It answers\. Try:$/);
    await second.stop();
  });

  test('TLS: curl -kL over http ends in 200 at https', async () => {
    const sandbox = place.start(place.scenario('tls'), '--cloud-delay', '0s');
    const [line = ''] = await linesToPaste(sandbox);
    expect(line).toMatch(/^curl -kL http:\/\/\S+:\d+\/$/);
    const { stdout } = await place.shell(`${line} -s -o /dev/null -w '%{http_code} %{num_redirects} %{scheme}'`);
    expect(stdout.toLowerCase()).toBe('200 1 https');
    await sandbox.stop();
  });
});

describe.skipIf(!available('chromium'))('the lesson in a browser', () => {
  test('TLS: Chromium follows the redirect to https and shows the page', async () => {
    const sandbox = place.start(place.scenario('tls'), '--cloud-delay', '0s');
    const [line = ''] = await linesToPaste(sandbox);
    const browser = await launchChromium();
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      const response = await page.goto(line.split(' ').at(-1) as string);
      expect(response?.status()).toBe(200);
      expect(page.url()).toMatch(/^https:/);
      expect(await page.content()).toContain('0.8.0');
    } finally {
      await browser.close();
    }
    await sandbox.stop();
  });
});
