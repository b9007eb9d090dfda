import { expect, test } from 'vitest';
import { reasonsToSkip } from './fields.ts';
import type { Vector } from './vector.ts';

const REQUEST = { method: 'GET', scheme: 'http', host: 'app.test', path: '/' } as const;
const HTTP = { id: 'a/b', area: 'a', kind: 'http', manifests: [], request: REQUEST, expect: { status: 200 } } as const;

/** With fields of which the types know nothing. */
const reasons = (fields: Record<string, unknown>) => reasonsToSkip({ ...HTTP, ...fields } as unknown as Vector);

test('a vector that is understood as a whole is run', () => {
  expect(reasons({ source: 'x', verified: true, observed: { anything: [1] } })).toEqual([]);
  expect(reasons({ services: { a: { endpoints: 1, behaviour: 'status:418' } } })).toEqual([]);
  expect(reasons({ controllerConfig: { useForwardedHeaders: true, watchNamespace: 'a' } })).toEqual([]);
});

test.each([
  [{ kind: 'grpc' }, 'kind: unknown: "grpc"'],
  [{ clients: 2 }, 'clients: unknown field'],
  [{ request: { ...REQUEST, http2: true } }, 'request.http2: unknown field'],
  [{ request: { ...REQUEST, scheme: 'ws' } }, 'request.scheme: unknown: "ws"'],
  [{ expect: { status: 200, reload: 'fails' } }, 'expect.reload: unknown field'],
  [{ expect: { status: '200' } }, 'expect.status: expected a number'],
  [{ expect: {} }, 'expect: nothing is expected'],
  [{ request: { host: 'app.test' } }, 'request.path: missing'],
  [{ request: undefined, steps: [] }, 'request: expected a mapping'],
  [{ steps: [{ request: REQUEST, expect: { timing: 1 } }] }, 'steps[0].expect.timing: unknown field'],
  [{ services: { a: { endpoints: 1, behaviour: 'slow' } } }, 'services.a.behaviour: unknown: "slow"'],
  [{ kind: 'api', request: undefined, change: 'delete service a', expect: { events: [] } }, 'request: unknown field'],
  [
    { controllerConfig: { hsts: true, wings: 2 } },
    'controllerConfig.wings: neither a ConfigMap key nor a flag that is simulated',
  ],
])('%j is not', (fields, reason) => {
  expect(reasons(fields)).toEqual([reason]);
});

test('a change in other words', () => {
  const { request: _request, ...api } = { ...HTTP, kind: 'api', expect: { newEvents: [] } };
  expect(reasonsToSkip({ ...api, change: 'delete service a' } as unknown as Vector)).toEqual([
    'change: unknown: "delete service a"',
  ]);
});
