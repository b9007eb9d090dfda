import { expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { serve } from '../../testing/served.ts';

/* ssl-ciphers and ssl-prefer-server-ciphers: each for the whole host, from the oldest Ingress that says something. */

const younger = (age: number, annotations: Record<string, string>) =>
  ingressOf(`younger-${age}`, { host: 'app.test', paths: { [`/${age}`]: 'web' }, age, annotations });

test('the oldest Ingress that says something decides; other hosts have what the ConfigMap says', () => {
  const { replica } = serve(
    { 'ssl-prefer-server-ciphers': 'false' },
    {
      prepare: (world) => {
        world.configure({ 'ssl-ciphers': 'AES128-SHA256' });
        world.load([
          younger(1, { 'ssl-ciphers': 'AES256-SHA256', 'ssl-prefer-server-ciphers': 'true' }),
          younger(2, { 'ssl-ciphers': 'AES256-GCM-SHA384' }),
        ]);
      },
    },
  );
  expect(replica.tlsFor('app.test').ssl).toEqual({ ciphers: 'AES256-SHA256', preferServerCiphers: false });
  expect(replica.tlsFor('other.test').ssl).toEqual({ ciphers: 'AES128-SHA256', preferServerCiphers: true });
});

test('a canary has no say', () => {
  const { replica } = serve(
    {},
    { prepare: (world) => world.load([younger(1, { canary: 'true', 'ssl-ciphers': 'X' })]) },
  );
  expect(replica.tlsFor('app.test').ssl.ciphers).toContain('ECDHE-');
});
