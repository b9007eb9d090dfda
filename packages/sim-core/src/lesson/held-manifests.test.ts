import { expect, test } from 'vitest';
import { createCluster } from '../index.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';
import { IN_NO_FILE, ManifestReader } from './held-manifests.ts';

const SCENE = `apiVersion: v1
kind: ConfigMap
metadata: { name: scene }
data: { mode: quiet }
`;
const ANSWER = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
  - port: 80
`;

function cluster() {
  const made = createCluster();
  const files = [
    { file: 'scene.yaml', text: SCENE },
    { file: 'answer.yaml', text: ANSWER },
  ];
  made.manifests.addFiles(files);
  made.apply(files.flatMap(({ file, text }) => decodeManifests(file, text).documents));
  const reader = new ManifestReader(made, {
    isScene: (file) => file === 'scene.yaml',
    isOwn: (file) => file === 'answer.yaml',
  });
  const names = () =>
    reader.read().files.flatMap(({ path, decoded }) => decoded?.documents.map(({ value }) => `${path} ${value.kind}`));
  const apply = (file: string, text: string) => made.apply(decodeManifests(file, text).documents);
  return { made, reader, names, apply };
}

test('objects are as they are now, at the places of their manifests, without what servers wrote', () => {
  const { made, reader } = cluster();
  const [service] = made.userObjects().filter(({ object }) => object.kind === 'Service');
  made.applyObjects([
    { ...(service!.object as object), spec: { selector: { app: 'new' }, ports: [{ port: 80 }] } } as never,
  ]);
  const [file] = reader.read().files;
  expect(file).toMatchObject({ path: 'answer.yaml', text: ANSWER });
  const [document] = file?.decoded?.documents ?? [];
  expect(document).toMatchObject({ file: 'answer.yaml', index: 0, value: { spec: { selector: { app: 'new' } } } });
  expect(document?.value['status']).toBeUndefined();
  expect(document?.value['metadata']).not.toHaveProperty('uid');
  expect(document?.value['spec']).not.toHaveProperty('clusterIP');
});

test('what was there before counts only where somebody has changed it; what is gone of it is told', () => {
  const { made, reader, names, apply } = cluster();
  expect(names()).toEqual(['answer.yaml Service']);
  apply('scene.yaml', SCENE.replace('quiet', 'loud'));
  expect(names()).toEqual(['scene.yaml ConfigMap', 'answer.yaml Service']);
  apply('scene.yaml', SCENE);
  expect(names()).toEqual(['answer.yaml Service']);
  expect(reader.read().missing).toEqual([]);
  made.delete('v1', 'ConfigMap', { name: 'scene' });
  expect(reader.read().missing).toEqual(['v1 ConfigMap default/scene']);
});

test('the fingerprint changes with what is held, and with nothing else', () => {
  const { made, reader, apply } = cluster();
  const before = reader.read().fingerprint;
  made.advance(60_000);
  expect(reader.read().fingerprint).toBe(before);
  apply('answer.yaml', ANSWER.replace('app: web', 'app: shop'));
  expect(reader.read().fingerprint).not.toBe(before);
  apply('answer.yaml', ANSWER);
  expect(reader.read().fingerprint).toBe(before);
});

test('a refused document of a file counts as it was written; one that came from elsewhere does not', () => {
  const { names, apply } = cluster();
  const refused = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: UPPER }\n';
  apply('elsewhere.yaml', refused);
  expect(names()).toEqual(['answer.yaml Service']);
  apply('answer.yaml', refused);
  expect(names()).toEqual(['answer.yaml Service', 'answer.yaml ConfigMap']);
});

test('what stands in no file has no place', () => {
  const { made, names } = cluster();
  made.manifests.removeFiles(['answer.yaml']);
  expect(names()).toEqual([`${IN_NO_FILE} Service`]);
});
