import { expect, test } from 'vitest';
import { ingressOf } from '../../testing/ingress-of.ts';
import { TestIngress } from '../../testing/test-ingress.ts';

test.each([
  ['/.well-known/acme-challenge', '/.well-known/acme-challenge/token', 200],
  ['/.well-known/acme-challenge', '/.well-known/acme-challenge', 200],
  ['/.well-known/acme-challenge/token', '/.well-known/acme-challenge/token', 200],
  ['/.well-known', '/.well-known/acme-challenge/token', 308],
  ['/', '/.well-known/acme-challenge/token', 308],
])('a location at or below no-tls-redirect-locations stays on http: %s asked as %s', async (path, asked, status) => {
  const made = new TestIngress();
  made.service('main');
  made.load([
    ingressOf('main', {
      host: 'app.test',
      paths: { [path]: 'main' },
      annotations: { 'force-ssl-redirect': 'true' },
    }),
  ]);
  made.start();
  const [answer] = await made.sendAll([{ host: 'app.test', path: asked }]);
  expect(answer?.status).toBe(status);
});
