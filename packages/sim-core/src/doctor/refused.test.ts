import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { edit, lineOf, troubles } from './testing/lesson.ts';

const FILE = 'canary.yaml';
const CANARY = readFileSync(new URL('../../../../scenarios/canary.yaml', import.meta.url), 'utf8');

/** What is said after one edit, by reason. */
function after(from: string | RegExp, to: string) {
  const text = edit(CANARY, [[from, to]]);
  const found = troubles(FILE, text);
  return { text, of: (reason: string) => found.find((each) => each.reason === reason) };
}

describe('what a refused object leaves behind', () => {
  it('its pods are missing: no other labels are proposed to the Service', () => {
    const labels =
      /(app: netflix-frontend-canary\n {2}template:\n {4}metadata:\n {6}labels:\n {8}app: )(netflix-frontend-canary)/;
    const { text, of } = after(labels, '$1netflix-frontend-kanary');
    const line = lineOf(text, '        app: netflix-frontend-kanary');
    expect(of('CanaryWithoutEndpoints')).toMatchObject({
      message: expect.stringContaining(`; Deployment default/netflix-frontend-canary was refused (${FILE}:${line})`),
      fix: `Mend Deployment default/netflix-frontend-canary first (${FILE}:${line}).`,
    });
  });

  it('a main Ingress: the canary does not ask for another one', () => {
    const { text, of } = after(/number: 3000/, 'number: "3000"');
    expect(of('CanaryWithoutMain')).toMatchObject({
      message: expect.stringContaining('Ingress default/netflix-frontend was refused'),
      fix: `Mend Ingress default/netflix-frontend first (${FILE}:${lineOf(text, 'number: "3000"')}).`,
    });
  });

  it('a Service: the Ingress is not led to another one', () => {
    const { of } = after(/(name: netflix-frontend\nspec:)(\n {2}selector:)/, '$1\n  clusterIP: 10.0.171.239$2');
    expect(of('BackendServiceNotFound')).toMatchObject({
      message: expect.stringContaining('Service default/netflix-frontend was refused'),
      fix: expect.stringContaining('Mend Service default/netflix-frontend first'),
    });
  });
});

it('labels that do not resemble the selector are not proposed where there is a choice', () => {
  const { of } = after(/(name: netflix-frontend-canary\nspec:\n {2}selector:\n {4}app: )\S+/, '$1web');
  expect(of('CanaryWithoutEndpoints')?.message).not.toContain('come nearest');
  expect(of('CanaryWithoutEndpoints')?.fix).toContain('name labels that the pods have');
});
