import { describe, expect, it } from 'vitest';
import { misfit } from './fit.ts';

const SERVICE = {
  metadata: { name: 'web', labels: { app: 'web' } },
  spec: { type: 'ClusterIP', ports: [{ name: 'http', port: 80, targetPort: 'web' }, { port: 443 }] },
};

describe('a partial match', () => {
  it.each([
    [{ spec: { type: 'ClusterIP' } }],
    [{ spec: { ports: [{ port: 443 }] } }],
    [{ spec: { ports: { $length: 2 } } }],
    [{ spec: { ports: { $any: { targetPort: { $matches: '^[a-z]+$' } } } } }],
    [{ spec: { ports: { $all: { port: { $atLeast: 80, $atMost: 443 } } } } }],
    [{ spec: { clusterIP: { $exists: false } } }],
    [{ metadata: { labels: { $equals: { app: 'web' } } } }],
    [{ metadata: { name: { $not: 'api' } } }],
    [{ metadata: { name: { $oneOf: ['api', 'web'] } } }],
    [{ metadata: { name: { $startsWith: 'w', $endsWith: 'b', $contains: 'e' } } }],
  ])('fits %j', (expected) => {
    expect(misfit(SERVICE, expected)).toBeUndefined();
  });

  it.each([
    [{ spec: { type: 'NodePort' } }, ['spec', 'type'], '"NodePort"'],
    [{ spec: { ports: [{ port: 80, targetPort: 8080 }] } }, ['spec', 'ports', 0, 'targetPort'], '8080'],
    [{ metadata: { labels: { $equals: {} } } }, ['metadata', 'labels'], 'exactly {}'],
    [{ spec: { ports: { $length: { $atMost: 1 } } } }, ['spec', 'ports'], 'a length of at most 1'],
    [{ spec: { clusterIP: { $exists: true } } }, ['spec', 'clusterIP'], 'something'],
    [{ metadata: { name: { $matches: '^api' } } }, ['metadata', 'name'], 'something that matches ^api'],
  ])('says where %j does not fit', (expected, path, wanted) => {
    expect(misfit(SERVICE, expected)).toMatchObject({ path, expected: wanted });
  });

  it('takes no pattern over a text of any length', () => {
    expect(misfit('a'.repeat(1_000_001), { $matches: 'a' })).toBeDefined();
  });
});
