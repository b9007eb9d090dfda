import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runningSandboxes } from '../../host/run-file.ts';
import { configMap, deployment, loadBalancer, scenario } from '../testing/manifests.ts';
import { runningSession } from '../testing/running-session.ts';

/** Status and body of a GET. */
function ask(url: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    }).on('error', reject);
  });
}

const APP = `${deployment('web')}---\n${loadBalancer('web')}`;

describe('a run', () => {
  it('says ready before anything is applied, then what became of it, then settled', async () => {
    const { events, next } = await runningSession({ 'app.yaml': APP }, '--name', 'mine', '--seed', '7');
    await next('settled');
    expect(events.map(({ event }) => event)).toEqual(['ready', 'applied', 'applied', 'loadbalancer', 'settled']);
    expect(events[0]).toMatchObject({
      kubernetes: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      kubeconfig: expect.stringMatching(/kubeconfig$/),
      dns: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      seed: 7,
      pid: process.pid,
    });
    expect(events.at(-1)).toMatchObject({ ok: true });
    expect(runningSandboxes()).toMatchObject([{ ...events[0], name: 'mine', scenario: 'app.yaml' }]);
  });

  it('serves: the own port of a load balancer, the edge, the page', async () => {
    const { next, events } = await runningSession({ 'app.yaml': APP });
    await next('settled');
    const ready = events[0] as unknown as { http: string; ui: string };
    const balancer = events.find(({ event }) => event === 'loadbalancer') as unknown as {
      url: string;
      hostname: string;
    };
    expect((await ask(`${balancer.url}/`)).body).toContain('web 1.0.0');
    expect((await ask(`${ready.http}/`, { host: balancer.hostname })).body).toContain('web 1.0.0');
    expect((await ask(ready.ui)).status).toBe(303);
  });

  it('is gone when it has stopped, and stops once', async () => {
    const { session, events, next } = await runningSession({ 'app.yaml': APP });
    await next('settled');
    await Promise.all([session.stop(), session.stop()]);
    expect(runningSandboxes()).toEqual([]);
    await expect(ask(`${events[0]?.http}/`)).rejects.toThrow('ECONNREFUSED');
  });

  it('refuses, and frees what it had, when a port cannot be had', async () => {
    const { events } = await runningSession({ 'app.yaml': APP });
    const taken = new URL(String(events[0]?.control)).port;
    await expect(runningSession({ 'app.yaml': APP }, '--ui-port', taken)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('fires the load of the Scenario, unless it is told not to', async () => {
    const spec = scenario('{ addons: [ingress-nginx], load: { rate: 5 } }');
    const loaded = await runningSession({ 'app.yaml': `${spec}---\n${APP}` });
    await loaded.next('settled');
    expect(loaded.session.cluster.loads.running()).toHaveLength(1);
    const quiet = await runningSession({ 'app.yaml': `${spec}---\n${APP}` }, '--no-load');
    await quiet.next('settled');
    expect(quiet.session.cluster.loads.running()).toEqual([]);
  });

  it('tells the findings of the doctor with their place', async () => {
    const broken = APP.replace('selector: { app: web }', 'selector: { app: wbe }');
    const { next } = await runningSession({ 'app.yaml': broken });
    const problem = await next('problem');
    expect(problem).toMatchObject({ file: 'app.yaml', line: expect.any(Number) });
    expect(problem.message).toMatch(/wbe/);
  });

  it('reads a saved file again on demand', async () => {
    const { session, folder, next, events } = await runningSession({ 'app.yaml': APP });
    await next('settled');
    folder.write('app.yaml', `${APP}---\n${configMap('new')}`);
    session.applySaved();
    expect(await next('applied', ({ name }) => name === 'new')).toMatchObject({
      action: 'created',
      file: 'app.yaml',
      line: 16,
    });
    await next('settled');
    expect(readFileSync(join(folder.path, 'app.yaml'), 'utf8')).toContain('new');
    expect(events.filter(({ event }) => event === 'ready')).toHaveLength(1);
  });
});
