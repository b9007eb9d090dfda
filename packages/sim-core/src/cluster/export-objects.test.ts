import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Cluster, createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { encodeManifests } from '../manifest/encode-manifests.ts';
import { clusterCommands } from './cluster-commands.ts';
import { exportObject } from './export-objects.ts';

const SCENARIOS = new URL('../../../../scenarios/', import.meta.url);

function apply(cluster: Cluster, text: string): void {
  const documents = decodeManifests('mine.yaml', text).documents.filter(({ value }) => value.kind !== 'Scenario');
  cluster.manifests.replaceFiles([{ file: 'mine.yaml', text }], documents);
  const refused = cluster.apply(documents).flatMap(({ problems }) => problems);
  expect(refused).toEqual([]);
}

function started(text: string): Cluster {
  const cluster = createCluster();
  apply(cluster, text);
  cluster.advance(10_000);
  return cluster;
}

const exported = (cluster: Cluster) => cluster.userObjects().map(exportObject);

describe('exportObject', () => {
  it.each(readdirSync(SCENARIOS).filter((name) => name.endsWith('.yaml')))(
    'gives %s back as it was written, and the same again from that',
    (file) => {
      const text = readFileSync(new URL(file, SCENARIOS), 'utf8');
      const written = decodeManifests(file, text).documents.map(({ value }) => value);
      const objects = exported(started(text));
      expect(objects).toEqual(written.filter(({ kind }) => kind !== 'Scenario'));
      expect(exported(started(encodeManifests(objects)))).toEqual(objects);
    },
  );

  it('shows what was changed on purpose, not what others decided', () => {
    const cluster = started(readFileSync(new URL('canary.yaml', SCENARIOS), 'utf8'));
    const commands = clusterCommands(cluster);
    commands.scale('default', 'netflix-frontend-canary', 4);
    commands.annotate({ namespace: 'default', name: 'canary' }, 'nginx.ingress.kubernetes.io/canary-weight', '30');
    commands.annotate({ namespace: 'default', name: 'canary' }, 'team', 'blue');
    const byName = new Map(exported(cluster).map((object) => [`${object.kind} ${object.metadata.name}`, object]));
    expect(byName.get('Deployment netflix-frontend-canary')).toMatchObject({ spec: { replicas: 4 } });
    expect(byName.get('Ingress canary')?.metadata).toEqual({
      name: 'canary',
      annotations: {
        'nginx.ingress.kubernetes.io/canary': 'true',
        'nginx.ingress.kubernetes.io/canary-weight': '30',
        team: 'blue',
      },
    });
  });

  it('shows replicas that the manifest left out once they were scaled', () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "web:1" }] }
`;
    const cluster = started(deployment);
    expect(exported(cluster)[0]).not.toHaveProperty('spec.replicas');
    clusterCommands(cluster).scale('default', 'web', 3);
    expect(exported(cluster)[0]).toHaveProperty('spec.replicas', 3);
    expect(exported(cluster)[0]).not.toHaveProperty('spec.strategy');
  });

  it('leaves out what a dump brought along, and keeps the texts of a Secret', () => {
    const cluster = started(`apiVersion: v1
kind: Secret
metadata:
  name: keys
  uid: 0b1c
  creationTimestamp: "2026-01-01T00:00:00Z"
stringData: { user: zoë }
---
apiVersion: v1
kind: Pod
metadata: { name: alone, namespace: default }
spec: { containers: [{ name: web, image: "web:1" }], volumes: [{ name: tmp, emptyDir: {} }] }
`);
    expect(exported(cluster)).toEqual([
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys' }, stringData: { user: 'zoë' } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'alone', namespace: 'default' },
        spec: { containers: [{ name: 'web', image: 'web:1' }], volumes: [{ name: 'tmp', emptyDir: {} }] },
      },
    ]);
  });

  it('without the memory of kubectl apply leaves out what servers own', () => {
    const cluster = started(
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80 }] }\n',
    );
    const [found] = cluster.userObjects();
    if (found === undefined) throw new Error('the Service is gone');
    const { annotations: _annotations, ...metadata } = found.object.metadata;
    const object = exportObject({ ...found, object: { ...found.object, metadata } });
    expect(object.metadata).toEqual({ name: 'web' });
    expect(object).toMatchObject({ spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
    expect(object).not.toHaveProperty('spec.clusterIP');
    expect(object).not.toHaveProperty('status');
  });
});
