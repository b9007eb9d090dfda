import { describe, expect, it } from 'vitest';
import { decodeManifests } from '../../manifest/decode-manifests.ts';
import { cleanExported, cleanManifest, isExported } from './exported.ts';

const DUMP = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata:
    name: web
    uid: 2f0c
    resourceVersion: "7"
    creationTimestamp: "2026-01-01T00:00:00Z"
    annotations:
      kubectl.kubernetes.io/last-applied-configuration: "{}"
      mine: kept
  spec: { clusterIP: 10.96.0.9, clusterIPs: [10.96.0.9], selector: { app: web }, ports: [{ port: 80 }] }
  status: { loadBalancer: {} }
- apiVersion: v1
  kind: Service
  metadata: { name: headless, uid: 3a }
  spec: { clusterIP: None, selector: { app: web } }
- apiVersion: v1
  kind: Pod
  metadata: { name: web-1, uid: 4b, ownerReferences: [{ kind: ReplicaSet, name: web, uid: 5, controller: true }] }
- apiVersion: v1
  kind: ConfigMap
  metadata: { name: own }
  data: { uid: stays }
`;

describe('a dump of kubectl get -o yaml', () => {
  const { documents } = decodeManifests('dump.yaml', DUMP);
  const { documents: kept, cleaned, leftOut } = cleanExported(documents);
  const [service, headless, own] = kept.map(({ value }) => value as Record<string, unknown>);

  it('loses what servers wrote, and nothing else', () => {
    expect(service).toMatchObject({
      metadata: { name: 'web', annotations: { mine: 'kept' } },
      spec: { selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    expect(JSON.stringify(service)).not.toMatch(/uid|resourceVersion|last-applied|10\.96|status/);
    expect(own).toEqual(documents[3]?.value);
  });

  it('keeps that a Service is headless', () => {
    expect(headless).toMatchObject({ spec: { clusterIP: 'None' } });
  });

  it('loses what controllers made', () => {
    expect([cleaned, leftOut.map(({ value }) => value.kind)]).toEqual([2, ['Pod']]);
    expect(documents.map(isExported)).toEqual([true, true, true, false]);
  });
});

it('the selector and the labels that a server gives to a Job are taken out: they belong to that one Job', () => {
  const labels = { app: 'patch', 'controller-uid': 'u-1', 'batch.kubernetes.io/job-name': 'patch' };
  const job = cleanManifest({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'patch', uid: 'u-1' },
    spec: { selector: { matchLabels: { 'controller-uid': 'u-1' } }, template: { metadata: { labels }, spec: {} } },
  });
  expect(job).toMatchObject({
    metadata: { name: 'patch' },
    spec: { template: { metadata: { labels: { app: 'patch' } } } },
  });
  expect(JSON.stringify(job)).not.toContain('u-1');
});
