import { expect, test } from 'vitest';
import { INGRESS_NGINX_ADDON } from '../addons/ingress-nginx.ts';
import { pods } from '../api/core-v1/pod.ts';
import { createCluster } from '../cluster.ts';
import { decodeManifests } from '../manifest/decode-manifests.ts';

/** The controller's Deployment with one more argument, without webhook. */
function start(argument: string) {
  const cluster = createCluster();
  const text = INGRESS_NGINX_ADDON.replace('--validating-webhook=:8443', argument);
  cluster.apply(decodeManifests('controller.yaml', text).documents);
  const controller = () =>
    cluster.client.list(pods).find(({ metadata }) => metadata.name.startsWith('ingress-nginx-controller'));
  const lines = () => {
    const { namespace = '', name = '' } = controller()?.metadata ?? {};
    return cluster.kubelet.connection.logs(namespace, name, {}).text.split('\n').slice(0, -1);
  };
  return { cluster, lines, status: () => controller()?.status?.containerStatuses?.[0] };
}

test('an unknown flag: the controller says so as pflag does and ends, again and again', () => {
  const { cluster, lines, status } = start('--wath-namespace=shop');
  expect(lines()[1]).toBe('NGINX Ingress controller');
  expect(lines().filter((line) => line.startsWith('unknown'))).toEqual([
    'unknown flag: --wath-namespace',
    'unknown flag: --wath-namespace',
  ]);
  expect(lines().at(-1)).toBe('unknown flag: --wath-namespace');
  expect(cluster.ingress.replicas.size).toBe(0);
  cluster.advance(15_000);
  expect(status()).toMatchObject({
    ready: false,
    lastState: { terminated: { exitCode: 2, reason: 'Error' } },
  });
  expect(status()?.restartCount).toBeGreaterThan(0);
});

test('flags that exclude one another', () => {
  const { lines, status } = start('--publish-status-address=192.0.2.1');
  expect(lines().at(-1)).toMatch(
    /^F\d{4} [\d:.]+ {7}7 main\.go:64\] flags --publish-service and --publish-status-address are mutually exclusive$/,
  );
  expect(status()?.lastState?.terminated?.exitCode ?? status()?.state?.terminated?.exitCode).toBe(255);
});
