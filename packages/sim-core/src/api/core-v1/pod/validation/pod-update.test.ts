import { describe, expect, test } from 'vitest';
import { updateErrorsOf } from '../../../test-errors.ts';
import { type Container, type Pod, type PodSpec, pods } from '../../pod.ts';
import { validateEphemeralContainersUpdate } from './ephemeral-containers.ts';

const good: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    containers: [{ name: 'web', image: 'nginx:1.27' }],
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 }],
  },
};

describe('an update', () => {
  const update = (change: (spec: PodSpec) => void): string[] => updateErrorsOf(pods, good, ({ spec }) => change(spec));
  const fields =
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

  test('may change images and add tolerations', () => {
    expect(
      update((spec) => {
        (spec.containers[0] as Container).image = 'nginx:1.28';
        spec.tolerations?.push({ key: 'b', operator: 'Exists' });
        spec.activeDeadlineSeconds = 10;
      }),
    ).toEqual([]);
  });

  test('may change nothing else', () => {
    const add = (spec: PodSpec): unknown => spec.containers.push({ name: 'b', image: 'x' });
    expect(update(add)).toEqual(['spec.containers: Forbidden: pod updates may not add or remove containers']);
    expect(update((spec) => Object.assign(spec, { hostname: 'x' }))).toEqual([
      `${fields}\n  core.PodSpec{\n- \tHostname: nil,\n+ \tHostname: "x",\n  \t... // 11 identical fields\n  }\n`,
    ]);
    expect(update((spec) => Object.assign(spec.containers[0] as Container, { image: '' }))).toEqual([
      'spec.containers[0].image: Required value',
    ]);
    expect(update((spec) => Object.assign(spec, { tolerations: [] }))).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  test('a deadline only comes closer', () => {
    const old: Pod = { ...good, spec: { ...good.spec, activeDeadlineSeconds: 10 } };
    const to = (seconds?: number): string[] =>
      updateErrorsOf(pods, old, ({ spec }) => Object.assign(spec, { activeDeadlineSeconds: seconds }));
    expect(to(5)).toEqual([]);
    expect(to(11)).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value',
    ]);
    expect(to()).toEqual([
      'spec.activeDeadlineSeconds: Invalid value: "null": must not update from a positive integer to nil value',
    ]);
  });

  test('a pod with gates may become choosier and loses them one by one', () => {
    const gated: Pod = { ...good, spec: { ...good.spec, nodeSelector: { a: 'b' }, schedulingGates: [{ name: 'g' }] } };
    const to = (spec: object): string[] => updateErrorsOf(pods, gated, (pod) => Object.assign(pod.spec, spec));
    expect(to({ nodeSelector: { a: 'b', c: 'd' }, schedulingGates: [] })).toEqual([]);
    expect(to({ nodeSelector: {} })).toEqual([
      'spec.nodeSelector: Invalid value: map[string]string{}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
    ]);
    expect(to({ schedulingGates: [{ name: 'h' }] })).toEqual([
      "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'h'",
    ]);
  });

  test('containers to look into it are added, never changed', () => {
    const looked: Pod = { ...good, spec: { ...good.spec, ephemeralContainers: [{ name: 'e', image: 'busybox' }] } };
    const to = (ephemeralContainers: object[]): string[] =>
      updateErrorsOf(
        pods,
        looked,
        ({ spec }) => Object.assign(spec, { ephemeralContainers }),
        validateEphemeralContainersUpdate,
      );
    const same = { name: 'e', image: 'busybox' };
    expect(to([same, { name: 'f', image: 'busybox' }])).toEqual([]);
    expect(to([])).toEqual([
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be removed\n',
    ]);
    expect(to([{ ...same, image: 'alpine' }])[0]).toContain('existing ephemeral containers "e" may not be changed\n');
  });
});
