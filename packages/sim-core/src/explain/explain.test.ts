import { readFileSync } from 'node:fs';
import { expect, it, describe as suite } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { edit, lineOf } from '../doctor/testing/lesson.ts';
import { type RunningWorld, runningWorld } from '../doctor/testing/running-world.ts';
import { nodeCertificates } from '../host/certificates.ts';
import { describe } from './describe.ts';
import { explain } from './explain.ts';
import { LB, NAMES, send } from './testing/ask.ts';
import { formatTrace } from './text.ts';

const folder = new URL('../../../../scenarios/', import.meta.url);
const scenario = (name: string, edits: Parameters<typeof edit>[1] = []) =>
  edit(readFileSync(new URL(name, folder), 'utf8'), edits);
const running = (
  name: string,
  edits: Parameters<typeof edit>[1] = [],
  options: Parameters<typeof runningWorld>[1] = {},
) => runningWorld({ [name]: scenario(name, edits) }, options);

function ask(world: RunningWorld, url: string, headers: Record<string, string> = {}, method = 'GET') {
  return explain({ method, url, headers }, { world: world.world(), ids: NAMES });
}

const steps = (trace: ReturnType<typeof ask>) => trace.hops.map(({ step }) => step);

suite('a request that nobody sent', () => {
  it('shows the odds of a weight and draws nothing', async () => {
    const [asked, untouched] = [running('canary.yaml'), running('canary.yaml')];
    const trace = ask(asked, `http://${LB}/`);
    expect(trace).toMatchObject({ id: 0, status: 0, decision: 'weight' });
    expect(trace).not.toHaveProperty('draw');
    expect(trace.summary).toBe(
      'Main or canary: the weight draws 1 to 100 for each request: up to 5 goes to the canary (5 %), the rest to the main Service.',
    );
    expect(trace.whatIf).toContainEqual({
      change: 'with canary-weight 100',
      outcome: 'canary default/netflix-frontend-canary:3000',
    });
    expect(asked.cluster.records.lastId).toBe(0);
    expect(asked.cluster.splits.all()).toEqual(untouched.cluster.splits.all());
    for (let i = 0; i < 30; i++) {
      ask(asked, `http://${LB}/`);
      const [here, there] = [await send(asked, `http://${LB}/`), await send(untouched, `http://${LB}/`)];
      expect([here.draw, here.endpoint]).toEqual([there.draw, there.endpoint]);
    }
  });

  it('decides as the real request does, with its headers', async () => {
    const world = running('canary-header.yaml');
    for (const [headers, service] of [
      [{ FOO: 'bar' }, 'netflix-frontend-canary'],
      [{ foo: 'bar' }, 'netflix-frontend-canary'],
      [{ FOO: 'Bar' }, 'netflix-frontend'],
      [{}, 'netflix-frontend'],
    ] as const) {
      const trace = ask(world, `http://${LB}/`, headers);
      const record = await send(world, `http://${LB}/`, Object.entries(headers).flat());
      expect(trace.service).toBe(`default/${service}`);
      expect(record.upstream?.service).toBe(service);
      expect([trace.decision, trace.isCanary]).toEqual([record.canary, record.toCanary]);
    }
    const other = ask(world, `http://${LB}/`, { FOO: 'x' });
    expect(other.hops.find(({ step }) => step === 'canary')?.beat[0]).toBe(
      'canary-by-header-value: header FOO says "x", but only "bar" counts',
    );
    expect(other.whatIf[0]).toEqual({
      change: 'with `FOO: bar`',
      outcome: 'canary default/netflix-frontend-canary:3000',
    });
  });

  it('goes from the load balancer to the pod, with the boxes of the map and the lines of the file', () => {
    const text = scenario('ingress.yaml');
    const trace = ask(runningWorld({ 'ingress.yaml': text }), `http://${LB}:8080/movies?id=1`);
    expect(steps(trace)).toEqual([
      'load-balancer',
      'node-port',
      'server',
      'location',
      'upstream',
      'endpoint',
      'headers',
      'answer',
    ]);
    expect(trace.hops[0]?.nodes).toEqual(['lb:ingress-nginx/ingress-nginx-controller', 'node:node-1']);
    expect(trace.hops[2]).toMatchObject({
      nodes: ['ingress:default/netflix-frontend'],
      source: { file: 'ingress.yaml', line: lineOf(text, 'host:') },
    });
    expect(trace.hops[3]).toMatchObject({ title: '/ (Prefix)', source: { line: lineOf(text, 'path: /') } });
    expect(trace.hops[5]?.nodes).toHaveLength(2);
    expect(trace.url).toBe('/movies?id=1');
  });

  it('a plain load balancer needs no controller', () => {
    const world = running('loadbalancer.yaml');
    const host = world.cluster.cloud.list()[0]?.hostname;
    const trace = ask(world, `http://${host}/`);
    expect(steps(trace)).toEqual(['load-balancer', 'endpoint', 'answer']);
    expect(trace.service).toBe('default/netflix-frontend');
    const deaf = ask(
      running('loadbalancer.yaml', [
        [/(name: netflix-frontend\nspec:\n {2}type: LoadBalancer[\s\S]*?targetPort: )3000/, '$18080'],
      ]),
      `http://${host}/`,
    );
    expect(deaf.fix).toContain('Write "targetPort: 3000"');
  });

  it('gets nowhere without a controller, before the load balancer is there, and at a port that nobody has', () => {
    const none = ask(running('no-controller.yaml'), `http://${LB}/`);
    expect(none).toMatchObject({ status: 0, hops: [{ step: 'load-balancer' }] });
    expect(none.fix).toContain('--addon ingress-nginx');
    const early = ask(running('canary.yaml', [], { seconds: 1 }), `http://${LB}/`);
    expect(early.summary).toContain('is not there yet: the cloud needs 2 s more');
    expect(early.hops[0]?.nodes).toEqual(['lb:ingress-nginx/ingress-nginx-controller']);
    const port = ask(running('canary.yaml'), `http://${LB}:9999/`);
    expect(port.fix).toBe('Ask for port 80, or give the Service a port 9999.');
  });

  it('says why no controller pod is ready', () => {
    const world = running('canary.yaml');
    scaleController(world, 0);
    world.cluster.advance(400_000);
    const trace = ask(world, `http://${LB}/`);
    expect(trace.summary).toContain('has no healthy node');
    expect(trace.fix).toContain('it is scaled to 0');
  });

  it('refuses what is no URL', () => {
    expect(() => ask(running('canary.yaml'), 'ftp://x/')).toThrow('is no http or https URL');
    expect(ask(running('canary.yaml'), LB).status).toBe(0);
    expect(ask(running('canary.yaml'), 'http://127.0.0.1:8080/', { Host: LB }).service).toBe(
      'default/netflix-frontend',
    );
  });
});

suite('what went wrong, and what to do', () => {
  it('404: an unknown host, and the nearest', () => {
    const trace = ask(running('canary.yaml'), `http://${LB.replace('65f', '66f')}/`);
    expect(trace).toMatchObject({ status: 404, fix: expect.stringContaining(`Did you mean ${LB} (canary.yaml:`) });
    expect(trace.fix).toContain(`curl -H "Host: ${LB}" http://127.0.0.1:8080/`);
  });

  it('404: a path that no rule has, an Ingress without class, a canary alone', () => {
    const path = ask(running('ingress.yaml', [['path: /', 'path: /shop']]), `http://${LB}/cart`);
    expect(path).toMatchObject({
      status: 404,
      fix: expect.stringMatching(/^The nearest path of .* is \/shop \(Prefix\) \(ingress.yaml:\d+\)/),
    });
    const text = scenario('ingress.yaml', [['  ingressClassName: nginx\n', '']]);
    const classless = ask(runningWorld({ 'ingress.yaml': text }), `http://${LB}/`);
    expect(classless.fix).toContain('Write "ingressClassName: nginx" under spec');
    const canary = scenario('canary.yaml');
    const lone =
      canary.slice(0, canary.indexOf('---\napiVersion: networking')) + canary.slice(canary.lastIndexOf('---\n'));
    expect(ask(runningWorld({ 'canary.yaml': lone }), `http://${LB}/`)).toMatchObject({
      status: 404,
      fix: expect.stringContaining('there is no main Ingress'),
    });
  });

  it('503 and 502: the cause with its line', () => {
    const scaled = ask(running('canary.yaml', [['replicas: 2', 'replicas: 0']]), `http://${LB}/`);
    expect(scaled).toMatchObject({ status: 503, fix: expect.stringContaining('is scaled to 0 (canary.yaml:') });
    expect(scaled.hops.at(-2)).toMatchObject({ step: 'endpoint', title: 'no ready endpoint' });
    const missing = ask(
      running('ingress.yaml', [['            name: netflix-frontend', '            name: netflix']]),
      `http://${LB}/`,
    );
    expect(missing).toMatchObject({ status: 503, fix: expect.stringContaining('which does not exist') });
    const deaf = ask(running('ingress.yaml', [['targetPort: 3000', 'targetPort: 8080']]), `http://${LB}/`);
    expect(deaf).toMatchObject({ status: 502, fix: expect.stringContaining('listens on 3000 (ingress.yaml:') });
  });

  it('308: which annotation, and what https would answer', () => {
    const text = scenario('tls.yaml');
    const trace = ask(runningWorld({ 'tls.yaml': text }), `http://${LB}/`);
    expect(trace.hops.find(({ step }) => step === 'redirect')).toMatchObject({
      title: `308 to https://${LB}`,
      source: { line: lineOf(text, 'force-ssl-redirect: "true"') },
    });
    expect(trace.whatIf[0]).toEqual({ change: 'over https', outcome: 'default/netflix-frontend:3000' });
    const https = ask(runningWorld({ 'tls.yaml': text }), `https://${LB}:8443/`);
    expect(https.hops.find(({ step }) => step === 'server')?.why).toContain(
      'certificate of Secret default/netflix-frontend-tls',
    );
  });

  it('413 and 400', () => {
    const large = ask(running('ingress.yaml'), `http://${LB}/`, { 'Content-Length': '2000000' }, 'POST');
    expect(large).toMatchObject({ status: 413, fix: expect.stringContaining('proxy-body-size: "10m"') });
    expect(ask(running('ingress.yaml'), `http://${LB}/../x`)).toMatchObject({ status: 400 });
  });
});

suite('client certificates', () => {
  const { certPem } = nodeCertificates.selfSigned({ commonName: 'authority', dnsNames: [] });
  const asking = (...annotations: string[]) =>
    runningWorld({
      'ingress.yaml': `${scenario('ingress.yaml', [
        [
          /(kind: Ingress\nmetadata:\n {2}name: netflix-frontend\n)/,
          `$1  annotations:\n${annotations.map((line) => `    nginx.ingress.kubernetes.io/${line}\n`).join('')}`,
        ],
      ])}---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: ca\nstringData:\n  ca.crt: ${JSON.stringify(certPem)}\n`,
    });

  it('400: none was shown', () => {
    const trace = ask(asking('auth-tls-secret: default/ca'), `https://${LB}/`);
    expect(trace).toMatchObject({ status: 400, fix: expect.stringContaining('Secret default/ca') });
    expect(trace.hops.find(({ step }) => step === 'server')?.why).toContain('Clients must show a certificate');
    expect(trace.summary).toContain('auth-tls-secret (ingress.yaml:');
  });

  it('403: nobody has a name on plain http; a Secret that is not there closes the host', () => {
    const named = asking('auth-tls-secret: default/ca', 'auth-tls-match-cn: CN=alice');
    expect(ask(named, `http://${LB}/`)).toMatchObject({
      status: 403,
      summary: expect.stringContaining('on plain http'),
    });
    expect(ask(asking('auth-tls-secret: default/none'), `https://${LB}/`)).toMatchObject({
      status: 403,
      summary: expect.stringContaining('default/none was not found'),
    });
  });
});

suite('a request that was sent', () => {
  it('504: the pod that did not answer', async () => {
    const world = running('ingress.yaml', [
      ['  seed: 1', '  seed: 1\n  images: [{ match: "*/netflix-frontend:*", latency: 100s }]'],
    ]);
    const record = await send(world, `http://${LB}/`);
    const trace = describe({ record, world: world.world(), ids: NAMES });
    expect(trace).toMatchObject({ status: 504, fix: expect.stringContaining('proxy-read-timeout: "120"') });
    expect(trace.hops.find(({ step }) => step === 'endpoint')?.details?.[0]).toContain('did not answer in time');
  });
});

suite('text', () => {
  it('fits 80 columns, whatever happened', () => {
    const traces = [
      ask(running('canary.yaml'), `http://${LB}/`),
      ask(running('tls.yaml'), `http://${LB}/`),
      ask(running('no-controller.yaml'), `http://${LB}/`),
    ];
    for (const trace of traces) {
      const tooLong = formatTrace(trace)
        .split('\n')
        .filter((line) => line.length > 80 && line.includes(' ', 16));
      expect(tooLong).toEqual([]);
    }
  });
});

function scaleController({ cluster }: RunningWorld, replicas: number): void {
  const controller = cluster.client.get(deployments, 'ingress-nginx', 'ingress-nginx-controller');
  if (controller === undefined) throw new Error('no controller');
  cluster.client.update(deployments, { ...controller, spec: { ...controller.spec, replicas } });
  cluster.settle();
}
