import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../../../test/support/shared.ts';
import { examine } from './doctor.ts';
import { runningWorld } from './testing/running-world.ts';

const providers = sharedPath('manifests', 'ingress-nginx', 'deploy', 'static', 'provider');

describe.skipIf(providers === undefined)('the genuine manifests of ingress-nginx', () => {
  it.each(['aws', 'cloud', 'kind', 'baremetal', 'do', 'oracle', 'scw'])(
    '%s/deploy.yaml gives no cause for concern',
    (provider) => {
      const text = readFileSync(`${providers}/${provider}/deploy.yaml`, 'utf8');
      const { world, outcomes } = runningWorld({ 'deploy.yaml': text }, { addon: false, seconds: 120 });
      expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
      expect(examine(world())).toEqual([]);
    },
  );

  it('a controller that is still starting is no cause for concern either', () => {
    const text = readFileSync(`${providers}/aws/deploy.yaml`, 'utf8');
    const { world } = runningWorld({ 'deploy.yaml': text }, { addon: false, seconds: 0 });
    expect(examine(world()).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});
