import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createApiClient } from '../testing/api-client.ts';

const PODS = '/api/v1/namespaces/default/configmaps';

async function withConfigMaps(...names: string[]) {
  const client = createApiClient();
  for (const name of names) {
    const labels = { first: name[0] as string };
    await client.ask('POST', PODS, { metadata: { name, labels }, data: { name } });
  }
  return client;
}

const namesOf = ({ body }: { body: { items: { metadata: { name: string } }[] } }) =>
  body.items.map(({ metadata }) => metadata.name);

describe('a list', () => {
  test('is in the order of the names, under the revision of the store', async () => {
    const { ask, cluster } = await withConfigMaps('b', 'a', 'c');
    const answer = await ask('GET', PODS);
    expect(namesOf(answer)).toEqual(
      ['a', 'b', 'c', 'kube-root-ca.crt'].filter((name) => namesOf(answer).includes(name)),
    );
    expect(answer.body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect(answer.body.metadata).toEqual({ resourceVersion: String(cluster.client.revision) });
    expect(answer.body.items[0]).not.toHaveProperty('kind');
  });

  test('comes in pieces that show one moment, whatever happens between them', async () => {
    const { ask } = await withConfigMaps('a', 'b', 'c', 'd', 'e');
    const first = await ask('GET', `${PODS}?limit=2&labelSelector=first`);
    expect(namesOf(first)).toEqual(['a', 'b']);
    await ask('DELETE', `${PODS}/c`);
    await ask('POST', PODS, { metadata: { name: 'cc', labels: { first: 'c' } } });
    const token = encodeURIComponent(first.body.metadata.continue);
    const second = await ask('GET', `${PODS}?limit=2&labelSelector=first&continue=${token}`);
    expect(namesOf(second)).toEqual(['c', 'd']);
    expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
  });

  test('a piece that nobody remembers is expired', async () => {
    const { ask, cluster } = await withConfigMaps('a', 'b', 'c');
    const { body } = await ask('GET', `${PODS}?limit=1`);
    for (let i = 0; i < 10; i++) {
      await ask('POST', PODS, { metadata: { name: `more-${i}` } });
      await ask('GET', PODS);
    }
    const answer = await ask('GET', `${PODS}?continue=${encodeURIComponent(body.metadata.continue)}`);
    expect([answer.status, answer.body.reason]).toEqual([410, 'Expired']);
    expect(cluster.client.revision).toBeGreaterThan(10);
  });

  test.each(['abc', '%%%', 'e30', 'eyJ2IjoiMSJ9', 'bnVsbA'])('the token %s is refused', async (token) => {
    const { ask } = await withConfigMaps('a');
    expect((await ask('GET', `${PODS}?continue=${encodeURIComponent(token)}`)).status).toBe(400);
  });

  test('read in pieces of any size it is the same', async () => {
    const names = Array.from({ length: 23 }, (_, i) => `n${i}`);
    const { ask } = await withConfigMaps(...names);
    const whole = namesOf(await ask('GET', PODS));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const read: string[] = [];
        let token = '';
        do {
          const answer = await ask('GET', `${PODS}?limit=${limit}&continue=${encodeURIComponent(token)}`);
          read.push(...namesOf(answer));
          token = answer.body.metadata.continue ?? '';
        } while (token !== '');
        expect(read).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  test('a future revision has to be waited for', async () => {
    const { ask } = await withConfigMaps('a');
    const { status, body } = await ask('GET', `${PODS}?resourceVersion=99999`);
    expect([status, body.reason]).toEqual([504, 'Timeout']);
    expect(body.message).toMatch(/^Timeout: Too large resource version: 99999, current: \d+$/);
  });
});

describe('selectors', () => {
  test.each([
    ['fieldSelector=metadata.name%3Db', ['b']],
    ['fieldSelector=metadata.name!%3Db,metadata.name!%3Dkube-root-ca.crt', ['a', 'ab']],
    ['labelSelector=first%3Da', ['a', 'ab']],
    ['labelSelector=first%20in%20(b,c)', ['b']],
    ['labelSelector=first%3Da&fieldSelector=metadata.name%3Dab', ['ab']],
  ])('%s', async (query, names) => {
    const { ask } = await withConfigMaps('a', 'ab', 'b');
    expect(namesOf(await ask('GET', `${PODS}?${query}`))).toEqual(names);
  });

  test.each([
    [
      'configmaps?fieldSelector=data%3Dx',
      '"data" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    ['pods?fieldSelector=spec.foo%3Dx', 'field label not supported: spec.foo'],
    ['pods?fieldSelector=nonsense', "invalid selector: 'nonsense'; can't understand 'nonsense'"],
  ])('%s', async (query, message) => {
    const { ask } = createApiClient();
    const { status, body } = await ask('GET', `/api/v1/namespaces/default/${query}`);
    expect([status, body.message]).toEqual([400, message]);
  });
});

describe('options that exclude one another', () => {
  test.each([
    [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    ['sendInitialEvents=true', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'],
    [
      'watch=1&sendInitialEvents=true',
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
  ])('%s', async (query, message) => {
    const { ask } = createApiClient();
    const { status, body } = await ask('GET', `${PODS}?${query}`);
    expect([status, body.message]).toEqual([422, `ListOptions.meta.k8s.io "" is invalid: ${message}`]);
  });
});
