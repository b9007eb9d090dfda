import { expect, it } from 'vitest';
import { createCluster } from '../cluster.ts';
import { readSettings, SANDBOX_API_VERSION } from '../scenario/settings.ts';
import { SettingsError } from '../scenario/settings-error.ts';

const settings = (spec: unknown) =>
  readSettings({ apiVersion: SANDBOX_API_VERSION, kind: 'Scenario', metadata: {}, spec }).settings;

it('refuses programs that do not exist, each at its field, with the nearest name', () => {
  const spec = {
    images: [
      { match: '*/web:*', program: 'web' },
      { match: '*/x:*', program: 'wbe' },
    ],
    externalHosts: { 'auth.example.com:443': 'zzzzzz' },
  };
  try {
    createCluster({ settings: settings(spec) });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    const { problems } = error as SettingsError;
    expect(problems[0]).toEqual({ field: 'spec.images[1].program', message: 'no program "wbe"; did you mean web?' });
    expect(problems[1]?.field).toBe('spec.externalHosts[auth.example.com:443]');
    expect(problems[1]?.message).toMatch(/^no program "zzzzzz"; there are ingress-nginx, .*web/);
  }
});

it('takes programs that exist', () => {
  createCluster({ settings: settings({ images: [{ program: 'web' }], externalHosts: { 'a.example.com:80': 'web' } }) });
});
