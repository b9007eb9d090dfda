import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { NginxConf, Snapshot, SplitRow, TraceSample, WireDeviation, WireEvent, WireIngress } from '../../wire.ts';
import { CANARY_FILE, HOST } from './testing/canary-cluster.ts';
import { runningControl } from './testing/running-control.ts';

const _rev = (answer: { json<T>(): T }) => answer.json<{ rev: number }>().rev;

describe('what the control API shows', () => {
  it('compresses a snapshot once and knows whether it changed', async () => {
    const { call, bearer, api } = await runningControl();
    const headers = { ...bearer, 'accept-encoding': 'gzip' };
    const first = await call('GET', '/api/v1/snapshot', { headers });
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    const snapshot = JSON.parse(String(gunzipSync(first.body))) as Snapshot;
    expect(snapshot).toMatchObject({
      epoch: 'epoch-1',
      status: { scenario: 'canary', settled: true, engine: 'ingress-nginx v1.15.1' },
    });
    const ingress = snapshot.objects.find(
      (object): object is WireIngress => object.kind === 'Ingress' && object.name === 'canary',
    );
    expect(ingress?.canary).toMatchObject({ weight: 5, weightTotal: 100, weightSource: { file: CANARY_FILE } });
    const tag = first.headers.etag ?? '';
    expect((await call('GET', '/api/v1/snapshot', { headers: { ...headers, 'if-none-match': tag } })).status).toBe(304);
    await api('POST', '/scale', { name: 'netflix-frontend', replicas: 3 });
    const second = await call('GET', '/api/v1/snapshot', { headers: { ...headers, 'if-none-match': tag } });
    expect(second.status).toBe(200);
    expect((await call('GET', '/api/v1/snapshot', { headers: bearer })).headers['content-encoding']).toBeUndefined();
  });

  it('shows where the simulation differs knowingly, as the packaged file says', async () => {
    const { api } = await runningControl();
    const deviations = (await api('GET', '/deviations')).json<WireDeviation[]>();
    expect(deviations.map(({ id }) => id)).toContain('exact-path-with-slash-is-redirected');
    expect(deviations[0]).toEqual({
      id: 'exact-path-with-slash-is-redirected',
      area: 'path',
      what: expect.stringContaining('301'),
      why: expect.stringContaining('nginx'),
      vectors: ['path-slash-exact-no-slash'],
    });
  });

  it('shows splits, requests and events', async () => {
    const { api, actions } = await runningControl();
    await actions.send({ url: `http://${HOST}/a`, headers: {}, count: 150 });
    const [row] = (await api('GET', '/split')).json<SplitRow[]>();
    expect(row).toMatchObject({
      namespace: 'default',
      ingress: 'netflix-frontend',
      canaryIngress: 'canary',
      host: HOST,
      n: 150,
    });
    expect(row).toMatchObject({
      path: '/',
      weight: 5,
      weightTotal: 100,
      verdict: 'consistent',
      alpha: 0.05,
      sticky: false,
    });
    expect(row?.wilson95?.[0]).toBeLessThan(0.06);
    const traces = (await api('GET', '/traces?limit=3')).json<TraceSample[]>();
    expect(traces.map(({ id, url }) => [id, url])).toEqual([150, 149, 148].map((id) => [id, '/a']));
    expect((await api('GET', '/traces')).json<TraceSample[]>()).toHaveLength(100);
    const events = (await api('GET', '/events?limit=200')).json<WireEvent[]>();
    expect(events.map(({ reason }) => reason)).toContain('EnsuredLoadBalancer');
    expect((await api('GET', '/traces?limit=0')).status).toBe(400);
    expect((await api('GET', '/events?limit=many')).status).toBe(400);
  });

  it('asks for nginx.conf as the query says', async () => {
    const { api } = await runningControl();
    const asked = async (query: string) => JSON.parse((await api('GET', `/nginx-conf${query}`)).json<NginxConf>().pod);
    expect(await asked('')).toEqual({ refused: false, files: false });
    expect(await asked('?host=app.test&refused=true&files=true&http-port=81&https-port=444')).toEqual({
      host: 'app.test',
      refused: true,
      files: true,
      httpPort: 81,
      httpsPort: 444,
    });
    for (const query of ['?http-port=0', '?https-port=70000', '?host=a&host=b'])
      expect((await api('GET', `/nginx-conf${query}`)).status).toBe(400);
  });

  it('finds a request, says when it is forgotten, and when there never was one', async () => {
    const { api, actions, cluster } = await runningControl();
    await actions.send({ url: `http://${HOST}/`, headers: {}, count: cluster.records.capacity + 2 });
    expect((await api('GET', '/traces/5002')).json<{ id: number }>().id).toBe(5002);
    const evicted = await api('GET', '/traces/1');
    expect([evicted.status, evicted.json().message]).toEqual([
      410,
      'request 1 is forgotten: newer ones took its place',
    ]);
    for (const id of ['999999', '0', '-1', 'x', '1e3', '99999999999999999999']) {
      expect([id, (await api('GET', `/traces/${id}`)).status]).toEqual([id, 404]);
    }
  });

  it('counts in Prometheus’ text format, with the real labels', async () => {
    const { call, bearer, actions } = await runningControl();
    await actions.send({ url: `http://${HOST}/`, headers: {}, count: 40 });
    const { text, headers } = await call('GET', '/metrics', { headers: bearer });
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const main =
      /^nginx_ingress_controller_requests\{canary="",controller_class="k8s.io\/ingress-nginx",controller_namespace="ingress-nginx",controller_pod="ingress-nginx-controller-[^"]+",host="[^"]+",ingress="netflix-frontend",method="GET",namespace="default",path="\/",service="netflix-frontend",status="200"\} (\d+)$/m.exec(
        text,
      );
    const canary =
      /^nginx_ingress_controller_requests\{canary="default-netflix-frontend-canary-3000",.*ingress="netflix-frontend".*service="netflix-frontend",status="200"\} (\d+)$/m.exec(
        text,
      );
    expect(Number(main?.[1]) + Number(canary?.[1] ?? 0)).toBe(40);
    expect(text).toMatch(/^sandbox_requests_total\{decision="weight",to="main"\} \d+$/m);
  });

  it('says which version it is, and what is not there yet', async () => {
    const { api } = await runningControl();
    expect((await api('GET', '/version')).json()).toMatchObject({ engine: 'ingress-nginx v1.15.1', epoch: 'epoch-1' });
    expect((await api('GET', '/lessons')).json()).toMatchObject({ lessons: [{ id: 'canary-weight' }], replaces: 4 });
    expect((await api('GET', '/lesson')).status).toBe(404);
    expect((await api('POST', '/lesson', {})).status).toBe(400);
    expect((await api('GET', '/nothing')).json()).toEqual({
      message: 'there is no GET /api/v1/nothing here',
      reason: 'NotFound',
    });
    expect((await api('PUT', '/split', {})).status).toBe(404);
  });
});
