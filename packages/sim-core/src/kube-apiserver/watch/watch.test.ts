import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ApiClient, createApiClient } from '../testing/api-client.ts';

const MAPS = '/api/v1/namespaces/default/configmaps';
const OWN = 'labelSelector=own';

const create = ({ ask }: ApiClient, name: string, labels: Record<string, string> = { own: 'yes' }) =>
  ask('POST', MAPS, { metadata: { name, labels } });

const told = (events: readonly { type: string; object: { metadata: { name?: string } } }[]) =>
  events.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`.trim());

describe('a watch', () => {
  test('without a revision tells what is there, then what happens', async () => {
    const client = createApiClient();
    await create(client, 'a');
    const { events } = await client.watch(`${MAPS}?watch=1&${OWN}`);
    await create(client, 'b');
    await client.ask('DELETE', `${MAPS}/a`);
    expect(told(events)).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
    const last = events.at(-1).object.metadata.resourceVersion;
    expect(Number(last)).toBeGreaterThan(Number(events[0].object.metadata.resourceVersion));
  });

  test('from a revision tells what happened since', async () => {
    const client = createApiClient();
    const { body } = await client.ask('GET', MAPS);
    await create(client, 'a');
    await client.ask('PATCH', `${MAPS}/a`, { data: { x: 'y' } }, { 'content-type': 'application/merge-patch+json' });
    const { events } = await client.watch(`${MAPS}?watch=1&${OWN}&resourceVersion=${body.metadata.resourceVersion}`);
    expect(told(events)).toEqual(['ADDED a', 'MODIFIED a']);
  });

  test('an object that leaves the selection is deleted for it, one that comes in is added', async () => {
    const client = createApiClient();
    await create(client, 'a');
    const { events } = await client.watch(`${MAPS}?watch=1&labelSelector=own%3Dyes`);
    const patch = (own: string) =>
      client.ask(
        'PATCH',
        `${MAPS}/a`,
        { metadata: { labels: { own } } },
        { 'content-type': 'application/merge-patch+json' },
      );
    await patch('no');
    await patch('yes');
    expect(told(events)).toEqual(['ADDED a', 'DELETED a', 'ADDED a']);
    expect(events[1].object.metadata.labels).toEqual({ own: 'yes' });
  });

  test('a revision from before the memory is an ERROR event', async () => {
    const client = createApiClient();
    await client.ask('GET', MAPS);
    const { events, ended } = await client.watch(`${MAPS}?watch=1&resourceVersion=1`);
    expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
    expect(ended()).toBe(true);
  });

  test('ends after timeoutSeconds, with a bookmark shortly before for those who want one', async () => {
    const client = createApiClient();
    const { events, ended } = await client.watch(`${MAPS}?watch=1&${OWN}&timeoutSeconds=10&allowWatchBookmarks=true`);
    client.cluster.advance(9000);
    expect(told(events)).toEqual(['BOOKMARK']);
    expect(events[0].object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
    expect(ended()).toBe(false);
    client.cluster.advance(1000);
    expect(ended()).toBe(true);
  });

  test('a client that goes is told nothing more', async () => {
    const client = createApiClient();
    const { events, stop } = await client.watch(`${MAPS}?watch=1&${OWN}`);
    stop();
    await create(client, 'a');
    client.cluster.advance(4_000_000);
    expect(events).toEqual([]);
  });

  test('sendInitialEvents marks where what was there ends', async () => {
    const client = createApiClient();
    await create(client, 'a');
    const query = `watch=1&${OWN}&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`;
    const { events } = await client.watch(`${MAPS}?${query}`);
    await create(client, 'b');
    expect(told(events)).toEqual(['ADDED a', 'BOOKMARK', 'ADDED b']);
    expect(events[1].object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
  });

  test('as a table sends the columns once', async () => {
    const client = createApiClient();
    const accept = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    const { events } = await client.watch(`${MAPS}?watch=1&${OWN}`, accept);
    await create(client, 'a');
    await create(client, 'b');
    expect(events.map(({ object }) => object.columnDefinitions.length > 0)).toEqual([true, false]);
    expect(events[1].object.rows[0].cells[0]).toBe('b');
  });
});

test('list and watch together are the truth, wherever the watch begins', async () => {
  const client = createApiClient();
  const change = fc.record({ name: fc.constantFrom('a', 'b', 'c'), own: fc.constantFrom('yes', 'no', 'gone') });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 20 }), fc.nat(20), async (changes, listAt) => {
      const label = `run${runs++}`;
      const selector = `labelSelector=${label}%3Dyes`;
      const known = new Map<string, string>();
      const list = async () => (await client.ask('GET', `${MAPS}?${selector}`)).body;
      const look = async () => {
        const { items, metadata } = await list();
        for (const [name, version] of versionsOf(items)) known.set(name, version);
        await client.ask('POST', '/api/v1/namespaces/kube-system/configmaps', { metadata: { generateName: 'noise-' } });
        return client.watch(`${MAPS}?watch=1&${selector}&resourceVersion=${metadata.resourceVersion}`);
      };
      let stream: Awaited<ReturnType<typeof look>> | undefined;
      for (const [i, { name, own }] of changes.entries()) {
        if (i === listAt) stream = await look();
        await make(client, name, label, own);
      }
      stream ??= await look();
      for (const { type, object } of stream.events) {
        if (type === 'DELETED') known.delete(object.metadata.name);
        else known.set(object.metadata.name, object.metadata.resourceVersion);
      }
      stream.stop();
      expect([...known].sort()).toEqual(versionsOf((await list()).items).sort());
    }),
    { numRuns: 40 },
  );
});

function versionsOf(items: readonly { metadata: { name: string; resourceVersion: string } }[]): [string, string][] {
  return items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]);
}

async function make({ ask }: ApiClient, name: string, label: string, own: string): Promise<void> {
  if (own === 'gone') return void (await ask('DELETE', `${MAPS}/${name}`));
  const labels = { [label]: own };
  const { status } = await ask('POST', MAPS, { metadata: { name, labels } });
  if (status === 409) await ask('PUT', `${MAPS}/${name}`, { metadata: { name, labels } });
}

test('what is wrong with a watch is answered before it starts', async () => {
  const { ask } = createApiClient();
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const { status, body } = await ask('GET', `${MAPS}?watch=1&includeObject=x`, undefined, { accept });
  expect([status, body.reason]).toEqual([400, 'BadRequest']);
});
