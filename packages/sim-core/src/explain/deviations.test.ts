import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { app, canary, file, ingress } from '../doctor/testing/canary-yaml.ts';
import { runningWorld } from '../doctor/testing/running-world.ts';
import { describe } from './describe.ts';
import { DEVIATIONS } from './deviations.ts';
import { NAMES, send } from './testing/ask.ts';

const docs = readFileSync(new URL('../../../../docs/deviations.md', import.meta.url), 'utf8');

it.each(DEVIATIONS.map(({ section, line }) => [section, line]))(
  'docs/deviations.md has, below %s: %s',
  (section, line) => {
    const below = docs.slice(docs.indexOf(`\n## ${section}\n`)).split('\n## ')[1] ?? '';
    expect(below).toContain(`\n- ${line}`);
  },
);

it('a request that was drawn by weight, over a regular expression, with an annotation that does nothing', async () => {
  const annotations = ['use-regex: "true"', 'enable-modsecurity: "true"', 'ssl-redirect: "false"'];
  const running = runningWorld({
    'shop.yaml': file(app('web', 2), app('web-canary', 2), ingress({ annotations }), canary({}, 'canary-weight: "50"')),
  });
  const record = await send(running, 'http://shop.test/');
  const { deviations } = describe({ record, world: running.world(), ids: NAMES });
  const links = deviations.map((text) => /\((docs\/deviations\.md#[a-z-]+)\)$/.exec(text)?.[1]);
  expect(links).toEqual([
    ...Array(2).fill('docs/deviations.md#cloud-and-edge'),
    ...Array(3).fill('docs/deviations.md#ingress-nginx'),
    'docs/deviations.md#nodes-and-pods',
    'docs/deviations.md#ingress-nginx',
  ]);
  expect(deviations.at(-1)).toMatch(/^enable-modsecurity has no effect here/);
});
