import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { examine } from './doctor.ts';
import { edit, lineOf } from './testing/lesson.ts';
import { runningWorld } from './testing/running-world.ts';

/* A controller whose annotations begin with something else (--annotations-prefix). */

const CANARY = readFileSync(new URL('../../../../scenarios/canary.yaml', import.meta.url), 'utf8');
const PREFIX = 'nginx.ingress.kubernetes.io/';
const CONTROLLER = edit(INGRESS_NGINX_ADDON, [
  [
    '        - --validating-webhook=:8443',
    '        - --annotations-prefix=example.com\n        - --validating-webhook=:8443',
  ],
]);

function found(edits: Parameters<typeof edit>[1]) {
  const text = edit(CANARY, edits);
  const { world } = runningWorld(
    { 'controller.yaml': CONTROLLER, 'canary.yaml': text },
    { addon: false, webhook: false },
  );
  return { text, findings: examine(world()).filter(({ source }) => source?.file === 'canary.yaml') };
}

test('values are read and told under it', () => {
  const { text, findings } = found([
    [`${PREFIX}canary: `, 'example.com/canary: '],
    [`${PREFIX}canary-weight: "5"`, 'example.com/canary-weight: "5%"'],
  ]);
  const finding = findings.find(({ reason }) => reason === 'CanaryWeightNotInteger');
  expect(finding?.source?.line).toBe(lineOf(text, 'example.com/canary-weight'));
});

test('an Ingress that lacks only the mark', () => {
  const { findings } = found([
    [`    ${PREFIX}canary: "true"`, '    a: b'],
    [`${PREFIX}canary-weight: "5"`, 'example.com/canary-weight: "5"'],
  ]);
  expect(findings.find(({ reason }) => reason === 'NotMarkedAsCanary')?.fix).toMatch(
    /^Add example\.com\/canary: "true" /,
  );
});
