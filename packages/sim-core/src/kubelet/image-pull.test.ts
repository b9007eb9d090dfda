import { describe, expect, test } from 'vitest';
import type { KubeletSettings } from './image-manager.ts';
import { TestCluster } from './testing/test-cluster.ts';

const pod = (image: string, settings: Partial<KubeletSettings> = {}, more = {}) => {
  const cluster = new TestCluster({ settings });
  cluster.pod('web', { image, ...more });
  return cluster;
};
const waiting = (cluster: TestCluster) => cluster.container('web').state?.waiting;

test('a misspelt known image: ErrImagePull, then ImagePullBackOff, tried again after 10 s, 20 s …', () => {
  const cluster = pod('ngnix');
  const denied =
    'failed to pull and unpack image "docker.io/library/ngnix:latest": failed to resolve reference "docker.io/library/ngnix:latest": ' +
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
  expect(waiting(cluster)).toEqual({ reason: 'ErrImagePull', message: denied });
  expect(cluster.get('web').status).toMatchObject({ phase: 'Pending', podIP: '10.244.0.2' });
  cluster.advance(1);
  expect(waiting(cluster)).toEqual({
    reason: 'ImagePullBackOff',
    message: `Back-off pulling image "ngnix": ErrImagePull: ${denied}`,
  });
  expect(cluster.events('web')).toEqual([
    'Pulling Pulling image "ngnix"',
    `Failed Failed to pull image "ngnix": ${denied}`,
    'Failed Error: ErrImagePull',
    'BackOff Back-off pulling image "ngnix"',
    'Failed Error: ImagePullBackOff',
  ]);
  const attempts = () => Number(/ x(\d+)/.exec(cluster.events('web')[0] ?? '')?.[1] ?? 1);
  const seen: number[] = [];
  for (const seconds of [8.9, 0.1, 19.9, 0.1, 40, 80, 160, 300, 300]) {
    cluster.advance(seconds);
    seen.push(attempts());
  }
  expect(seen).toEqual([1, 2, 2, 3, 4, 5, 6, 7, 8]);
});

test('a tag that does not exist', () => {
  const cluster = pod('nginx:does-not-exist');
  const full = 'docker.io/library/nginx:does-not-exist';
  expect(waiting(cluster)?.message).toBe(
    `rpc error: code = NotFound desc = failed to pull and unpack image "${full}": failed to resolve reference "${full}": ${full}: not found`,
  );
});

test('repairing the image of the pod ends the back-off', () => {
  const cluster = pod('ngnix');
  cluster.advance(5);
  const broken = cluster.get('web');
  const containers = [{ ...broken.spec.containers[0], name: 'web', image: 'nginx' }];
  cluster.setSpec('web', { ...broken.spec, containers });
  expect(cluster.isReady('web')).toBe(true);
  expect(cluster.container('web').restartCount).toBe(0);
});

describe('allowImages', () => {
  test('any other image ends in ErrImagePull', () => {
    const allowImages = ['*/netflix-frontend:*', 'nginx*'];
    expect(waiting(pod('alonit/netflix-frontend:0.8.0', { allowImages }))).toBeUndefined();
    expect(waiting(pod('nginx:1.27', { allowImages }))).toBeUndefined();
    expect(waiting(pod('httpd:2.4', { allowImages }))?.reason).toBe('ErrImagePull');
    expect(waiting(pod('ghcr.io/someone/app:1', { allowImages }))?.message).toContain('NotFound');
  });
});

describe('imagePullPolicy', () => {
  test('Always asks the registry each time', () => {
    const cluster = pod('example/web:1.0', {}, { imagePullPolicy: 'Always' });
    cluster.pod('second', { image: 'example/web:1.0', imagePullPolicy: 'Always' });
    expect(cluster.events('second')[0]).toBe('Pulling Pulling image "example/web:1.0"');
  });

  test('Never takes the image as loaded by hand, unless the registry would refuse it', () => {
    expect(pod('mine:dev', {}, { imagePullPolicy: 'Never' }).events('web')[0]).toContain('already present on machine');
    const cluster = pod('ngnix', {}, { imagePullPolicy: 'Never' });
    expect(waiting(cluster)).toEqual({
      reason: 'ErrImageNeverPull',
      message: 'Container image "ngnix" is not present with pull policy of Never',
    });
  });
});

test('what is no image name is not asked for', () => {
  const cluster = pod('MyApp:1.0');
  expect(waiting(cluster)?.reason).toBe('InvalidImageName');
  expect(waiting(cluster)?.message).toContain('must be lowercase');
  cluster.advance(600);
  expect(cluster.events('web').filter((event) => event.startsWith('Pulling'))).toEqual([]);
});

test('digests stay what they are', () => {
  const digest = `sha256:${'ab'.repeat(32)}`;
  const cluster = pod(`registry.k8s.io/ingress-nginx/controller:v1.15.1@${digest}`);
  expect(cluster.container('web')).toMatchObject({ imageID: `registry.k8s.io/ingress-nginx/controller@${digest}` });
});
