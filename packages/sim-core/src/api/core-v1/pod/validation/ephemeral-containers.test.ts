import { expect, test } from 'vitest';
import { formatFieldError } from '../../../../apimachinery/field-error.ts';
import type { Pod } from '../../pod.ts';
import { setPodDefaults } from '../defaults.ts';
import { validateEphemeralContainersUpdate } from './ephemeral-containers.ts';
import { validatePod, validatePodCreate } from './pod.ts';

const pod = (ephemeralContainers: Pod['spec']['ephemeralContainers']): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'web', image: 'nginx' }], ephemeralContainers },
});

test.each([
  [[{ name: 'dbg', image: 'busybox', targetContainerName: 'web' }], []],
  [[{ name: 'web', image: 'busybox' }], ['spec.ephemeralContainers[0].name: Duplicate value: "web"']],
  [
    [{ name: 'dbg', image: 'busybox', targetContainerName: 'x' }],
    ['spec.ephemeralContainers[0].targetContainerName: Not found: "x"'],
  ],
  [
    [{ name: 'dbg', image: 'busybox', ports: [{ containerPort: 80 }] }],
    ['spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container'],
  ],
])('%j', (containers, expected) => {
  const looked = pod(containers);
  setPodDefaults(looked);
  expect(validatePod(looked).map(formatFieldError)).toEqual(expected);
  expect(validateEphemeralContainersUpdate(looked, pod([]))).toEqual([]);
});

test('a new pod has none', () => {
  expect(validatePodCreate(pod([{ name: 'x', image: 'x' }])).map(formatFieldError)).toEqual([
    'spec.ephemeralContainers: Forbidden: cannot be set on create',
  ]);
});

test('those that are there stay as they are', () => {
  const old = pod([{ name: 'dbg', image: 'busybox' }]);
  expect(validateEphemeralContainersUpdate(pod([]), old).map(formatFieldError)).toEqual([
    'spec.ephemeralContainers: Forbidden: existing ephemeral containers "dbg" may not be removed\n',
  ]);
  const changed = pod([{ name: 'dbg', image: 'alpine' }]);
  expect(validateEphemeralContainersUpdate(changed, old)[0]?.detail).toContain('may not be changed');
});
