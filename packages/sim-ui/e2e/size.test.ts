import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { available } from '../../../test/support/tools.ts';
import { serveDemoPage } from './testing/demo-page.ts';
import { checkGrowth } from './testing/growth-check.ts';
import { checkManyPods, checkSlowBrowser, checkSmoothness } from './testing/size-checks.ts';
import { WatchedSandbox } from './testing/watched-sandbox.ts';

const LONG_NAME = `${'a-name-of-two-hundred-and-fifty-three-characters-'.repeat(5)}12345678`;
/** Objects with parts missing that the API server nevertheless takes. */
const PARTIAL = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: no-rules }
spec: { ingressClassName: nginx, defaultBackend: { service: { name: nothing, port: { number: 80 } } } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: no-class }
spec: { rules: [{ host: no-class.test, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: nothing, port: { name: web } } } }] } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${LONG_NAME} }
spec: { rules: [{ host: long.test }] }
---
apiVersion: v1
kind: Service
metadata: { name: no-selector }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: elsewhere }
spec: { type: ExternalName, externalName: example.com }
---
apiVersion: v1
kind: Pod
metadata: { name: no-ip }
spec: { nodeSelector: { nobody: has-this }, containers: [{ name: web, image: "web:1" }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ${LONG_NAME} }
spec: { containers: [{ name: web, image: "ngnix:1" }] }
`;

describe.skipIf(!available('chromium'))('size', () => {
  let sandbox: WatchedSandbox;
  beforeAll(async () => {
    sandbox = await WatchedSandbox.start(['--no-load', '--seed', '21']);
    await sandbox.event('settled', ({ ok }) => ok === true);
  });
  afterAll(() => sandbox?.close());

  // What else runs on the machine makes a run longer: a miss is measured anew, all three runs of it.
  test(
    'check 29: a thousand pods: no work of the page over 50 ms, few elements, no long tasks',
    {
      retry: 2,
      timeout: 180_000,
    },
    () => checkManyPods(1000, 3000),
  );

  test(
    'check 30: 1,000 requests a second: at least 24 frames a second, or 0.6 of a blank page; a click is answered within 200 ms',
    {
      retry: 2,
    },
    () => checkSmoothness(sandbox, { rate: 1000, milliseconds: 6000 }),
  );

  test('check 30: a slow browser is told so after two seconds of slow frames', () => checkSlowBrowser(sandbox));

  test('check 31: 500 requests a second: the heap does not grow, and what the page keeps stays within its bounds', async () => {
    // One look around more or less is a megabyte: over so short a time only a flood shows.
    await checkGrowth(sandbox, { rate: 500, minutes: 0.3, readings: 6, megabytes: 20 });
  });

  test('check 32: all scripts together stay below 260 KB, compressed', async () => {
    const page = await serveDemoPage('index.html');
    const sizes = [...page.files].filter(([name]) => /\.(js|css)$/.test(name)).map(([, file]) => gzipSync(file).length);
    page.close();
    console.log(`${sizes.length} files, ${sizes.reduce((sum, size) => sum + size, 0)} bytes compressed`);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(260_000);
  });

  test('check 33: objects with parts missing: every panel draws them, and nothing on the page breaks', async () => {
    const { page, complaints } = await sandbox.open();
    const answer = await sandbox.call('POST', '/apply', { manifests: PARTIAL });
    expect(await answer.text()).not.toContain('internal error');
    await expect.poll(async () => (await sandbox.snapshot()).objects.some(({ name }) => name === 'no-ip')).toBe(true);
    for (const form of ['List', 'Map']) {
      await page.getByRole('button', { name: form, exact: true }).click();
      await page.waitForTimeout(300);
    }
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await page.waitForTimeout(150);
    }
    const boxes = page.locator('.box');
    for (let i = 0; i < (await boxes.count()); i++) await boxes.nth(i).dispatchEvent('click');
    await sandbox.call('POST', '/send', { url: 'http://LOAD_BALANCER/', count: 3, headers: { host: 'no-class.test' } });
    expect(await page.locator('.broken').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
