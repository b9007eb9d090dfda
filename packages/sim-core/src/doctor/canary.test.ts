import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { edit, lineOf, troubles } from './testing/lesson.ts';

const folder = new URL('../../../../scenarios/', import.meta.url);
const scenario = (name: string, edits: Parameters<typeof edit>[1] = []) =>
  edit(readFileSync(new URL(name, folder), 'utf8'), edits);

const FILE = 'canary.yaml';
const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
/** The canary Ingress stands last in the file. */
const inCanary = (from: string, to: string) =>
  [new RegExp(`([\\s\\S]*)${from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`), `$1${to}`] as const;

/** Whatever the admission webhook would say of it. */
function edited(...edits: (readonly [string | RegExp, string])[]) {
  const text = scenario(FILE, edits);
  return { text, found: troubles(FILE, text, { webhook: false }) };
}

describe('a canary that gets nothing', () => {
  it('has another host: names the nearest, and both lines', () => {
    const { text, found } = edited(inCanary(`host: ${HOST}`, `host: ${HOST.replace('us-east-1', 'us-west-2')}`));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      severity: 'error',
      reason: 'CanaryWithoutMain',
      source: { file: FILE, line: lineOf(text, '- host:', 2) },
    });
    expect(found[0]?.message).toContain(`${FILE}:${lineOf(text, '- host:', 1)}`);
    expect(found[0]?.fix).toBe(`Write "host: ${HOST}" at ${FILE}:${lineOf(text, '- host:', 2)}.`);
  });

  it('has another path, or another type of path', () => {
    const path = edited(inCanary('path: /', 'path: /v2'));
    expect(path.found.map(({ reason, fix }) => [reason, fix])).toEqual([
      [
        'CanaryWithoutMain',
        `Write "path: /" at ${FILE}:${lineOf(path.text, 'path: /v2')}: a canary needs the main's path, to the letter.`,
      ],
    ]);
    const type = edited(inCanary('pathType: Prefix', 'pathType: Exact'));
    expect(type.found.map(({ fix }) => fix)).toEqual([
      `Write "pathType: Prefix" at ${FILE}:${lineOf(type.text, 'pathType: Exact')}.`,
    ]);
  });

  it('has no class, an unknown one, or its main has none', () => {
    const none = edited(inCanary('  ingressClassName: nginx\n', ''));
    expect(none.found.map(({ reason }) => reason)).toEqual(['IngressNotServed']);
    const unknown = edited(inCanary('ingressClassName: nginx', 'ingressClassName: ngnix'));
    expect(unknown.found[0]?.fix).toBe(`Write "ingressClassName: nginx" at ${FILE}:${lineOf(unknown.text, 'ngnix')}.`);
    const main = edited(['  ingressClassName: nginx\n', '']);
    expect(main.found.map(({ reason }) => reason)).toEqual(['IngressNotServed', 'CanaryWithoutMain']);
    expect(main.found[1]?.message).toContain('Ingress default/netflix-frontend has this rule, but is not served');
  });

  it('is not marked, or marked with what Go takes for no boolean', () => {
    const unmarked = edited([/ +nginx.ingress.kubernetes.io\/canary: "true".*\n/, '']);
    expect(unmarked.found.map(({ reason }) => reason)).toContain('NotMarkedAsCanary');
    const yes = edited(['canary: "true"', 'canary: "yes"']);
    const finding = yes.found.find(({ reason }) => reason === 'NotMarkedAsCanary');
    expect(finding).toMatchObject({ severity: 'error', source: { line: lineOf(yes.text, '"yes"') } });
    expect(finding?.fix).toBe(`Write "true" at ${FILE}:${lineOf(yes.text, '"yes"')}.`);
  });

  it('has a weight that is no whole number, none at all, or 0', () => {
    const percent = edited(['canary-weight: "5"', 'canary-weight: "5%"']);
    expect(percent.found.map(({ reason }) => reason)).toEqual(['CanaryWeightNotInteger']);
    expect(percent.found[0]?.fix).toContain('Write "5"');
    expect(edited(['canary-weight: "5"', 'canary-weight: "0"']).found.map(({ reason }) => reason)).toEqual([
      'CanaryGetsNothing',
    ]);
    expect(edited([/ +nginx.ingress.kubernetes.io\/canary-weight: "5".*\n/, '']).found[0]?.message).toContain(
      'no canary-weight, no canary-by-header',
    );
  });

  it('counts on a total of at most 100', () => {
    const { found } = edited([
      'canary-weight: "5" ',
      'canary-weight-total: "10"\n    nginx.ingress.kubernetes.io/canary-weight: "5" ',
    ]);
    expect(found.map(({ reason }) => reason)).toEqual(['CanaryWeightTotalHasNoEffect']);
    expect(found[0]?.message).toContain('weight 5 means 5 of 100');
    expect(found[0]?.fix).toContain('canary-weight: "50"');
  });

  it('leads to the Service of its main', () => {
    const { text, found } = edited(inCanary('name: netflix-frontend-canary', 'name: netflix-frontend'));
    expect(found.map(({ reason }) => reason)).toEqual(['CanaryIsMainService']);
    expect(found[0]?.source?.line).toBe(lineOf(text, '            name: netflix-frontend', 2));
  });

  it('stands behind another canary', () => {
    const text = scenario(FILE);
    const second = text.slice(text.lastIndexOf('---\n')).replace('name: canary', 'name: a-second-canary');
    const found = troubles(FILE, `${text}\n${second}`);
    expect(found.map(({ reason, object }) => [reason, object?.name])).toEqual([['SecondCanary', 'a-second-canary']]);
  });

  it('has no pods, or its main has none', () => {
    const canary = scenario(FILE, [[/(name: netflix-frontend-canary\nspec:\n {2}replicas: )1/, '$10']]);
    const alone = troubles(FILE, canary);
    expect(alone.map(({ reason }) => reason)).toEqual(['CanaryWithoutEndpoints']);
    const main = troubles(FILE, scenario(FILE, [['replicas: 2', 'replicas: 0']]));
    expect(main.map(({ reason }) => reason)).toEqual(['CanaryMainWithoutEndpoints']);
    expect(main[0]?.message).toContain('503, although the canary default/netflix-frontend-canary has ready pods');
  });

  it('carries annotations that only count on the main', () => {
    const { found } = edited([
      'canary-weight: "5" ',
      'proxy-body-size: 8m\n    nginx.ingress.kubernetes.io/canary-weight: "5" ',
    ]);
    expect(found.map(({ reason }) => reason)).toEqual(['AnnotationIgnoredOnCanary']);
  });

  it('uses a Service that an ordinary Ingress uses as well', () => {
    const text = scenario(FILE);
    const direct = text
      .slice(text.lastIndexOf('---\n'))
      .replace('name: canary', 'name: zz-direct')
      .replace(/ {2}annotations:\n.*\n.*\n/, '')
      .replace(/host: .*/, 'host: direct.localhost');
    expect(troubles(FILE, `${text}\n${direct}`).map(({ reason }) => reason)).toEqual(['CanaryServiceUsedDirectly']);
    expect(troubles(FILE, `${text}\n${direct.replace('zz-direct', 'aa-direct')}`).map(({ reason }) => reason)).toEqual([
      'ServiceIsOnlyCanary',
    ]);
  });
});
