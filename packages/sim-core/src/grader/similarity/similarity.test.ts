import { describe, expect, it } from 'vitest';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { COMPARE_OPTIONS, comparePairs, type Featured } from './compare.ts';
import { featuresOf } from './features.ts';
import { similarityReport } from './report.ts';

function features(text: string) {
  const files = [{ path: 'web.yaml', text }];
  return featuresOf(files, decodeManifests('web.yaml', text).documents);
}

const STARTER = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: default }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - { name: web, image: "web:1.0" }
`;

/** The starter with something of one's own. */
function own(extra: string, name = 'web'): string {
  return `${STARTER.replaceAll('web', name)}      ${extra.trim()}\n`;
}

const GIVEN = new Set(features(STARTER).map(({ text }) => text));

function pairs(texts: Readonly<Record<string, string>>) {
  const all = Object.entries(texts).map(([id, text]): Featured => ({ id, features: features(text) }));
  return comparePairs(all, { ...COMPARE_OPTIONS, given: GIVEN });
}

const ODD = `terminationGracePeriodSeconds: 17
      dnsPolicy: Default   # so it works, dont ask
      priorityClassName: odd
      nodeName: strange`;

describe('similarity', () => {
  it('finds two who share odd things under other names, and shows where', () => {
    const found = pairs({
      alice: own(ODD),
      bob: own(ODD, 'frontend'),
      carol: own('terminationGracePeriodSeconds: 30'),
      dave: own('hostname: d'),
      eve: STARTER,
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ left: 'alice', right: 'bob' });
    expect(found[0]!.likeness).toBeGreaterThan(0.95);
    expect([...similarityReport(found, 5)].join('')).toMatchInlineSnapshot(`
      "What submissions share that neither the starter nor the reference solution nor much of the class has.
      It is a reason to look, not a verdict: people who learn together, or from the same page, are alike too.
      Names, namespaces, hosts and order were not compared.

      5 submissions compared, 1 pairs to look at.

      alice and bob: 100 % alike, 5 of 5 and 5 own things are shared
        alice        bob
        web.yaml:13  web.yaml:13  # so it works, dont ask
        web.yaml:13  web.yaml:13  Deployment spec.template.spec.dnsPolicy: "Default"
        web.yaml:15  web.yaml:15  Deployment spec.template.spec.nodeName: "strange"
        web.yaml:14  web.yaml:14  Deployment spec.template.spec.priorityClassName: "odd"
        web.yaml:12  web.yaml:12  Deployment spec.template.spec.terminationGracePeriodSeconds: 17
      "
    `);
  });

  it('finds nothing in what was given', () => {
    expect(pairs({ alice: STARTER, bob: STARTER.replaceAll('web', 'x'), carol: STARTER })).toEqual([]);
  });

  it('finds nothing in what much of the class says', () => {
    const same = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}`, own(ODD, `n${index}`)]));
    expect(pairs(same)).toEqual([]);
  });

  it('does not mind order, hosts, or that one of them is a dump', () => {
    const manifest = (host: string, extra = '') => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a-${host.replaceAll('.', '-')}${extra} }
spec:
  rules:
  - { host: ${host}, http: { paths: [{ path: /odd, pathType: Exact, backend: { service: { name: s, port: { number: 81 } } } }] } }
`;
    const found = pairs({
      alice: manifest('a.example'),
      bob: manifest('b.test', ', uid: x, resourceVersion: "1"'),
      carol: STARTER,
    });
    expect(found).toMatchObject([{ left: 'alice', right: 'bob', likeness: 1 }]);
  });
});
