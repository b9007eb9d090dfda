import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examine } from './doctor.ts';
import { runningWorld } from './testing/running-world.ts';

const folder = new URL('../../../../scenarios/', import.meta.url);
const scenarios = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('the scenarios that ship', () => {
  it.each(scenarios.filter((file) => file !== 'no-controller.yaml'))('%s gives no cause for concern', (file) => {
    const { world } = runningWorld({ [file]: readFileSync(new URL(file, folder), 'utf8') });
    expect(examine(world()).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('no-controller.yaml is told how to get one', () => {
    const { world } = runningWorld({
      'no-controller.yaml': readFileSync(new URL('no-controller.yaml', folder), 'utf8'),
    });
    const findings = examine(world());
    expect(findings.map(({ reason }) => reason)).toEqual(['NoIngressController']);
    expect(findings[0]?.fix).toContain('--addon ingress-nginx');
    expect(findings[0]?.source).toMatchObject({ file: 'no-controller.yaml' });
  });
});
