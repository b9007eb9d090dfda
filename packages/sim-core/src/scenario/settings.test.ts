import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings, readSettings, SANDBOX_API_VERSION } from './settings.ts';

const scenario = (spec: unknown) => ({
  apiVersion: SANDBOX_API_VERSION,
  kind: 'Scenario',
  metadata: { name: 's' },
  spec,
});

describe('readSettings', () => {
  it('fills in the documented defaults', () => {
    const settings = defaultSettings();
    expect(settings.nodes).toBe(3);
    expect(settings.cloud.delay).toBe(3000);
    expect(settings.serviceCIDR).toBe('10.96.0.0/16');
    expect(settings.load).toBeUndefined();
    expect(settings.addons).toEqual([]);
  });

  it('reads every field', () => {
    const { settings, problems } = readSettings(
      scenario({
        seed: 42,
        clock: { speed: 2 },
        nodes: 5,
        cloud: { provider: 'aws-nlb', delay: '1m30s', failures: [{ times: 2, message: 'quota' }] },
        addons: ['ingress-nginx'],
        images: [{ match: '*/web:*', latency: '20ms', errorRate: 0.1, ports: [3000] }],
        load: { url: 'http://LOAD_BALANCER/', rate: 20 },
      }),
    );
    expect(problems).toEqual([]);
    expect(settings.seed).toBe('42');
    expect(settings.cloud).toEqual({ provider: 'aws-nlb', delay: 90_000, failures: [{ times: 2, message: 'quota' }] });
    expect(settings.images).toEqual([{ match: '*/web:*', latency: 20, errorRate: 0.1, ports: [3000] }]);
    expect(settings.load?.rate).toBe(20);
  });

  it('names a misspelt field and a wrong value at their paths', () => {
    const { problems } = readSettings(
      scenario({ sed: 1, cloud: { delay: 'soon' }, addons: ['traefik'], images: [{ errorRate: 7 }] }),
    );
    expect(problems.map((problem) => problem.field)).toEqual([
      'spec.sed',
      'spec.cloud.delay',
      'spec.addons[0]',
      'spec.images[0].errorRate',
    ]);
    expect(problems[1]?.message).toBe('expected a duration such as 500ms, 3s or 1m30s, got "soon"');
  });

  it('takes only networks and host:port that a cluster can use', () => {
    const bad = {
      serviceCIDR: '10.0.0.0/30',
      externalHosts: { 'auth.example.com': 'web', 'b.example.com:443': 'web' },
    };
    const { settings, problems } = readSettings(scenario(bad));
    expect(problems).toEqual([
      {
        field: 'spec.serviceCIDR',
        message: 'expected an IPv4 network of at least eight addresses, such as 10.96.0.0/16, got "10.0.0.0/30"',
      },
      {
        field: 'spec.externalHosts[auth.example.com]',
        message: 'expected host:port, such as auth.example.com:443, got "auth.example.com"',
      },
    ]);
    expect(settings.serviceCIDR).toBe('10.96.0.0/16');
    expect(settings.externalHosts).toEqual({ 'b.example.com:443': 'web' });
  });

  it('takes any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const { settings } = readSettings(scenario(JSON.parse(text)));
        expect(settings.nodes).toBeGreaterThan(0);
      }),
    );
  });
});
