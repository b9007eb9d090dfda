import { describe, expect, it } from 'vitest';
import { deployments } from '../../api/apps-v1/deployment.ts';
import { ingresses } from '../../api/networking-v1/ingress.ts';
import type { Snapshot, SplitRow, WirePod } from '../../wire.ts';
import { CANARY_FILE, CANARY_TEXT, HOST } from './testing/canary-cluster.ts';
import { runningControl } from './testing/running-control.ts';

const rev = (answer: { json<T>(): T }) => answer.json<{ rev: number }>().rev;

describe('what the control API does', () => {
  it('applies manifests and answers with what became of each object', async () => {
    const { api, cluster } = await runningControl();
    const manifests = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata: {a: "1"}\n';
    const dry = await api('POST', '/apply', { manifests, dryRun: true });
    expect(dry.status).toBe(200);
    const revision = cluster.client.revision;
    expect(rev(dry)).toBe(revision);
    const answer = await api('POST', '/apply', { manifests });
    expect(answer.json<object>()).toMatchObject({
      rev: cluster.client.revision,
      objects: [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'settings', action: 'created' }],
    });
    expect(cluster.client.revision).toBeGreaterThan(revision);
    const gone = await api('POST', '/delete', { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' });
    expect(gone.status).toBe(200);
    expect(rev(gone)).toBeGreaterThan(rev(answer));
    expect((await api('POST', '/delete', { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' })).status).toBe(404);
  });

  it('refuses bad manifests with every cause at its place', async () => {
    const { api, cluster } = await runningControl();
    const before = cluster.client.revision;
    const manifests = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 0\n';
    const answer = await api('POST', '/apply', { manifests });
    expect(answer.status).toBe(422);
    const { errors } = answer.json<{ errors: { message: string; document: number; line: number; column: number }[] }>();
    expect(errors[0]?.message).toContain('spec.ports[0].port');
    expect(errors[0]).toMatchObject({ document: 0, line: 7 });
    expect(cluster.client.revision).toBe(before);
  });

  it('changes the weight in the draft of the file, with its quotes and comment', async () => {
    const { api, actions, cluster } = await runningControl();
    const answer = (await api('PATCH', '/weight', { namespace: 'default', ingress: 'canary', weight: 20 })).json<{
      rev: number;
      file: string;
      line: number;
      text: string;
    }>();
    const line = CANARY_TEXT.split('\n').findIndex((text) => text.includes('canary-weight: "5"')) + 1;
    expect(answer).toMatchObject({ rev: cluster.client.revision, file: CANARY_FILE, line });
    expect(answer.text).toBe('    nginx.ingress.kubernetes.io/canary-weight: "20"   # so many of 100 requests');
    expect(actions.draft).toBe(CANARY_TEXT.replace('canary-weight: "5"', 'canary-weight: "20"'));
    const ingress = cluster.client.get(ingresses, 'default', 'canary');
    expect(ingress?.metadata.annotations?.['nginx.ingress.kubernetes.io/canary-weight']).toBe('20');
    expect((await api('GET', '/files')).json()).toEqual([{ file: CANARY_FILE, text: actions.draft, draft: true }]);
    expect((await api('GET', '/split')).json<SplitRow[]>()[0]).toMatchObject({ weight: 20, n: 0 });

    const refused = await api('PATCH', '/weight', { ingress: 'netflix-frontend', weight: 20 });
    expect([refused.status, refused.json().message]).toEqual([409, expect.stringContaining('canary-weight')]);
    expect((await api('PATCH', '/weight', { ingress: 'nobody', weight: 20 })).status).toBe(404);
    expect((await api('PATCH', '/weight', { ingress: 'canary', weight: -1 })).status).toBe(400);
  });

  it('changes the weight of an Ingress that stands in no file', async () => {
    const { api, cluster } = await runningControl();
    const { metadata, ...rest } = cluster.client.get(ingresses, 'default', 'canary') ?? expect.fail('no canary');
    const { uid, resourceVersion, ...named } = metadata;
    cluster.client.create(ingresses, { ...rest, metadata: { ...named, name: 'pasted' } });
    const answer = await api('PATCH', '/weight', { ingress: 'pasted', weight: 7 });
    expect(answer.json<object>()).toEqual({ rev: cluster.client.revision });
    const annotations = cluster.client.get(ingresses, 'default', 'pasted')?.metadata.annotations;
    expect(annotations?.['nginx.ingress.kubernetes.io/canary-weight']).toBe('7');
  });

  it('sends requests and answers with their ids', async () => {
    const { api, cluster } = await runningControl();
    expect((await api('POST', '/send', { count: 1 })).json()).toEqual({ ids: [1] });
    const { ids } = (
      await api('POST', '/send', { count: 100, url: `http://${HOST}/x`, headers: { foo: 'bar' } })
    ).json<{ ids: number[] }>();
    expect(ids).toEqual(Array.from({ length: 100 }, (_, index) => index + 2));
    expect(cluster.records.get(50)).toMatchObject({ url: '/x', origin: 'load', status: 200 });
    for (const body of [
      { count: 0 },
      { count: 1001 },
      { count: 1.5 },
      {},
      { count: 1, url: 'ftp://x/' },
      { count: 1, url: 'x' },
      { count: 1, headers: { 'a b': '' } },
      { count: 1, headers: { a: 'x\r\ny' } },
      { count: 1, headers: [] },
    ]) {
      expect([body, (await api('POST', '/send', body)).status]).toEqual([body, 400]);
    }
    cluster.delete('v1', 'Service', { namespace: 'ingress-nginx', name: 'ingress-nginx-controller' });
    cluster.advance(60_000);
    expect((await api('POST', '/send', { count: 1 })).status).toBe(409);
    const noWay = await api('POST', '/send', { count: 1, url: `http://${HOST}/` });
    expect([noWay.status, noWay.json().message]).toEqual([400, expect.stringContaining('no load balancer')]);
  });

  it('crashes a pod and scales', async () => {
    const { api } = await runningControl();
    const podOf = async () => {
      const { objects } = (await api('GET', '/snapshot')).json<Snapshot>();
      return objects.find(
        (object): object is WirePod => object.kind === 'Pod' && object.app === 'netflix-frontend-canary',
      );
    };
    const name = (await podOf())?.name;
    const crashed = await api('POST', '/crash', { namespace: 'default', name });
    expect(crashed.status).toBe(200);
    expect((await podOf())?.restarts).toBe(1);
    expect((await api('POST', '/crash', { name: 'nobody' })).json()).toEqual({
      message: 'pods "nobody" not found',
      reason: 'NotFound',
    });
    await api('POST', '/scale', { name: 'netflix-frontend-canary', replicas: 0 });
    expect(await podOf()).toBeUndefined();
    const missing = await api('POST', '/scale', { name: 'nobody', replicas: 1 });
    expect([missing.status, missing.json().message]).toEqual([404, 'deployments.apps "nobody" not found']);
    expect((await api('POST', '/scale', { name: 'netflix-frontend', replicas: -1 })).status).toBe(400);
  });

  it('scales in the draft of the file too, with a comment or without a line, and leaves it alone where it says so', async () => {
    const { api, actions, cluster } = await runningControl();
    const draftAfter = async (name: string, replicas: number) => {
      const answer = await api('POST', '/scale', { name, replicas });
      expect([answer.status, rev(answer)]).toEqual([200, cluster.client.revision]);
      expect(cluster.client.get(deployments, 'default', name)?.spec.replicas).toBe(replicas);
      return actions.draft;
    };
    const own = 'name: netflix-frontend\nspec:\n  replicas: 2';
    expect(CANARY_TEXT).toContain(own);
    expect(await draftAfter('netflix-frontend', 2)).toBeUndefined();
    expect(await draftAfter('netflix-frontend', 0)).toBe(CANARY_TEXT.replace(own, own.replace('2', '0')));

    actions.applyDraft(CANARY_FILE, CANARY_TEXT.replace(own, own.replace('  replicas: 2', '  # as many as it takes')));
    expect(await draftAfter('netflix-frontend', 3)).toBe(
      CANARY_TEXT.replace(own, own.replace('  replicas: 2', '  replicas: 3\n  # as many as it takes')),
    );

    const { metadata, ...rest } = cluster.client.get(deployments, 'default', 'netflix-frontend') ?? expect.fail();
    const { uid, resourceVersion, ...named } = metadata;
    cluster.client.create(deployments, { ...rest, metadata: { ...named, name: 'pasted' } });
    const before = actions.draft;
    expect(await draftAfter('pasted', 1)).toBe(before);
  });

  it('starts and stops loads', async () => {
    const { api, cluster } = await runningControl();
    const { id } = (
      await api('POST', '/load', { url: 'http://LOAD_BALANCER/', rate: 50, duration: '30s', headers: { foo: 'bar' } })
    ).json<{ id: string }>();
    const { load } = (await api('GET', '/snapshot')).json<Snapshot>();
    expect(load).toEqual([
      {
        id,
        url: `http://${HOST}/`,
        rate: 50,
        duration: 30_000,
        headers: { foo: 'bar' },
        startedBy: 'the control API',
        sent: 1,
        answered: 1,
        failed: 0,
      },
    ]);
    expect((await api('DELETE', `/load/${id}`)).status).toBe(200);
    expect(cluster.loads.running()).toEqual([]);
    expect((await api('DELETE', `/load/${id}`)).status).toBe(404);
    for (const body of [
      { rate: 1 },
      { url: `http://${HOST}/`, rate: 0 },
      { url: `http://${HOST}/`, rate: 1e6 },
      { url: `http://${HOST}/`, rate: 1, duration: 'soon' },
    ]) {
      expect([body, (await api('POST', '/load', body)).status]).toEqual([body, 400]);
    }
  });

  it('moves the clock', async () => {
    const { api, cluster } = await runningControl();
    const before = cluster.clock.now();
    expect((await api('PATCH', '/clock', { advance: '1m30s' })).json()).toEqual({
      now: before + 90_000,
      speed: 1,
      paused: true,
    });
    expect((await api('PATCH', '/clock', { speed: 2 })).status).toBe(409);
    expect((await api('PATCH', '/clock', { advance: '2h' })).status).toBe(400);
    expect((await api('PATCH', '/clock', { advance: 30 })).status).toBe(400);
  });

  it('answers bad bodies with a message, never with a stack', async () => {
    const { call, bearer, api, errors } = await runningControl();
    const json = { ...bearer, 'content-type': 'application/json' };
    for (const body of [
      '{',
      '[]',
      'null',
      '"text"',
      '1',
      '{"manifests":1}',
      '{"manifests":null}',
      '{"__proto__":{"manifests":"x"}}',
      '',
    ]) {
      const answer = await call('POST', '/api/v1/apply', { headers: json, body });
      expect([body, answer.status]).toEqual([body, 400]);
      expect(answer.json().message).not.toMatch(/\n\s+at /);
    }
    const large = await api('POST', '/apply', { manifests: 'x'.repeat(12_700_000) });
    expect([large.status, large.json()]).toEqual([
      413,
      { message: 'the body is larger than 12mb', reason: 'RequestEntityTooLarge' },
    ]);
    expect((await call('POST', '/api/v1/%ff', { headers: json, body: '{}' })).status).toBeLessThan(500);
    expect((await api('GET', '/traces/%ff')).status).toBe(400);
    expect(errors).toEqual([]);
  });

  it('says that a fault of its own is one', async () => {
    const { api, actions, errors } = await runningControl();
    actions.reset = () => {
      throw new TypeError('a bug');
    };
    const answer = await api('POST', '/reset', {});
    expect([answer.status, answer.json()]).toEqual([
      500,
      { message: 'internal error: a bug', reason: 'InternalError' },
    ]);
    expect(errors).toHaveLength(1);
  });
});
