import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runningWorld } from '../doctor/testing/running-world.ts';
import { explain } from './explain.ts';
import { LB, NAMES, send } from './testing/ask.ts';

const base = readFileSync(new URL('../../../../scenarios/canary.yaml', import.meta.url), 'utf8');

/** Two more hosts, more paths, a second canary policy with header value and cookie. */
const rules = `
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  ingressClassName: nginx
  rules:
  - host: shop.localhost
    http:
      paths:
      - { path: /, pathType: Prefix, backend: { service: { name: netflix-movie-catalog-service, port: { number: 8080 } } } }
      - { path: /api, pathType: Prefix, backend: { service: { name: nobody, port: { number: 80 } } } }
      - { path: /api/exact, pathType: Exact, backend: { service: { name: netflix-movie-catalog-service, port: { number: 8080 } } } }
  - host: "*.wild.localhost"
    http: { paths: [{ path: /x, pathType: Prefix, backend: { service: { name: netflix-movie-catalog-service, port: { number: 8080 } } } }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-by-header: X-Beta
    nginx.ingress.kubernetes.io/canary-by-cookie: beta
    nginx.ingress.kubernetes.io/canary-weight: "30"
spec:
  ingressClassName: nginx
  rules:
  - host: shop.localhost
    http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: netflix-frontend-canary, port: { number: 3000 } } } }] }
`;

const request = fc.record({
  host: fc.constantFrom(LB, 'shop.localhost', 'SHOP.localhost', 'a.wild.localhost', 'a.b.wild.localhost', 'other.test'),
  path: fc.constantFrom(
    '/',
    '/api',
    '/api/',
    '/api/exact',
    '/api/exact/',
    '/apix',
    '/x',
    '/x/y?z=1',
    '/%61pi',
    '//api',
    '/a/../../b',
  ),
  beta: fc.option(fc.constantFrom('always', 'never', 'maybe')),
  cookie: fc.option(fc.constantFrom('beta=always', 'beta=never', 'BETA=always; x=1', 'beta=1')),
});

it('what is explained is what happens, but for what is drawn', async () => {
  const running = runningWorld({ 'canary.yaml': base + rules });
  await fc.assert(
    fc.asyncProperty(request, async ({ host, path, beta, cookie }) => {
      const headers = { ...(beta === null ? {} : { 'x-beta': beta }), ...(cookie === null ? {} : { Cookie: cookie }) };
      const url = `http://${host}${path}`;
      const asked = explain({ method: 'GET', url, headers }, { world: running.world(), ids: NAMES });
      const record = await send(running, url, Object.entries(headers).flat());
      expect(asked.decision).toBe(record.canary);
      expect(asked.status === 0 ? record.reason : record.status).toBe(asked.status === 0 ? undefined : asked.status);
      if (record.canary !== 'weight') expect(asked.isCanary).toBe(record.toCanary);
      const { location, server } = record;
      expect(asked.hops.find(({ step }) => step === 'server')?.title).toBe(
        server === undefined
          ? undefined
          : server.hostname === '_'
            ? 'default server (rules without host)'
            : server.hostname,
      );
      if (location !== undefined)
        expect(asked.hops.find(({ step }) => step === 'location')?.title).toContain(location.ingressPath);
    }),
    { numRuns: 150 },
  );
});
