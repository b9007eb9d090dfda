import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SandboxEvent } from '../support/sandbox.ts';
import { Workspace } from '../support/workspace.ts';

const URL_OF_PORT = /^http:\/\/127\.0\.0\.1:\d+$/;

let place: Workspace;
beforeEach(() => {
  place = new Workspace();
});
afterEach(() => place.clear());

describe('--output json', () => {
  test('ready, applied, loadbalancer, settled, in that order; again after an edit', async () => {
    const file = place.scenario('canary');
    const sandbox = place.start(file, '--output', 'json', '--cloud-delay', '1s', '--seed', '7');
    const settled = await sandbox.event('settled');
    expect(settled).toEqual({ event: 'settled', ok: true, rev: expect.any(Number) });
    const events = sandbox.lines.map((line) => JSON.parse(line) as SandboxEvent);

    expect(events[0]).toEqual({
      event: 'ready',
      http: expect.stringMatching(URL_OF_PORT),
      https: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\w+$/),
      control: expect.stringMatching(URL_OF_PORT),
      token: expect.stringMatching(/^\w{16,}$/),
      kubernetes: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
      kubeconfig: expect.stringMatching(/kubeconfig$/),
      dns: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      seed: 7,
      pid: sandbox.process.pid,
    });
    const order = [...new Set(events.map(({ event }) => event))];
    expect(order).toEqual(['ready', 'applied', 'loadbalancer', 'settled']);
    const own = events.filter(({ event, file: from }) => event === 'applied' && from === file);
    expect(own).toHaveLength(8);
    expect(own[0]).toEqual({
      event: 'applied',
      file,
      line: expect.any(Number),
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      namespace: 'default',
      name: 'netflix-movie-catalog',
      action: 'created',
    });
    const balancer = events.find(({ event }) => event === 'loadbalancer');
    expect(balancer).toEqual({
      event: 'loadbalancer',
      namespace: 'ingress-nginx',
      name: 'ingress-nginx-controller',
      hostname: expect.stringMatching(/^k8s-ingressn-ingressn-[0-9a-f]{10}\.elb\.us-east-1\.localhost$/),
      url: expect.stringMatching(URL_OF_PORT),
      ports: [
        { port: 80, url: balancer?.url },
        { port: 443, url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) },
      ],
    });

    place.edit(file, 'canary-weight: "5"', 'canary-weight: "10"');
    sandbox.type('\n');
    const configured = await sandbox.event('applied', ({ action }) => action !== 'unchanged');
    expect(configured).toMatchObject({ kind: 'Ingress', name: 'canary', action: 'configured', file });
    const again = await sandbox.event('settled');
    expect(again.ok).toBe(true);
    expect(Number(again.rev)).toBeGreaterThan(Number(settled.rev));
    await sandbox.stop();
    expect(sandbox.errors).toBe('');
  });

  test('settled means that the next request is routed', async () => {
    const sandbox = place.start(place.scenario('canary'), '--output', 'json', '--cloud-delay', '0s');
    const { http } = await sandbox.event('ready');
    await sandbox.event('settled', ({ ok }) => ok === true);
    expect((await fetch(String(http), { headers: { connection: 'close' } })).status).toBe(404);
    const { stdout } = await place.cli('hosts');
    const host = stdout.trim().split(' ').at(-1) as string;
    const answer = await place.shell(`curl -s -o /dev/null -w '%{http_code}' -H 'Host: ${host}' ${http}/`);
    expect(answer.stdout).toBe('200');
    await sandbox.stop();
  });

  test('what cannot settle is named after 60 s of cluster time', async () => {
    const file = place.scenario('canary');
    place.edit(file, 'image: netflix-frontend:0.9.0', 'image: netflix-frontend:does-not-exist');
    const sandbox = place.start(file, '--output', 'json', '--cloud-delay', '0s', '--speed', '60');
    const settled = await sandbox.event('settled');
    expect(settled).toMatchObject({
      ok: false,
      waitingFor: [
        { kind: 'Deployment', namespace: 'default', name: 'netflix-frontend-canary', reason: expect.any(String) },
      ],
    });
    place.edit(file, 'image: netflix-frontend:does-not-exist', 'image: netflix-frontend:0.9.0');
    sandbox.type('\n');
    await sandbox.event('settled', ({ ok }) => ok === true);
    await sandbox.stop();
  });

  test('a problem has its reason and its place', async () => {
    const file = place.scenario('canary');
    place.edit(file, 'number: 3000', 'number: 99999');
    const sandbox = place.start(file, '--output', 'json', '--cloud-delay', '0s');
    const problem = await sandbox.event('problem');
    expect(problem).toMatchObject({ file, line: expect.any(Number), column: expect.any(Number) });
    expect(problem.message).toMatch(/99999.*must be between 1 and 65535/);
    expect(place.read(file).split('\n')[Number(problem.line) - 1]).toContain('99999');
    await sandbox.stop();
  });
});
