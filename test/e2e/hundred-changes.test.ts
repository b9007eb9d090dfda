import { afterAll, expect, test } from 'vitest';
import { ScenarioRun } from '../support/scenario-run.ts';
import { type RawAnswer, SteadyClient } from '../support/steady-client.ts';
import { Workspace } from '../support/workspace.ts';

const HOST = 'steady.test';
const RATE = 2000;
const CHANGES = 100;

const place = new Workspace();
afterAll(() => place.clear());

test('at 2,000 requests a second a hundred changes lose none, and no answer is of a half-made configuration', async () => {
  const file = place.write('steady.yaml', `${SCENARIO}---\n${workloads()}---\n${main(0)}---\n${canary(5)}`);
  const run = await ScenarioRun.start(place, file);
  const seen = new Map<string, number>();
  const client = new SteadyClient({ port: run.httpPort, host: HOST, path: '/x' }, RATE, (answer) => {
    const what = judge(answer);
    seen.set(what, (seen.get(what) ?? 0) + 1);
  });
  for (let change = 1; change <= CHANGES; change++) {
    await apply(run, change);
    await client.more(RATE / 20);
  }
  await client.stop();
  expect([...seen.keys()].filter((what) => !/^fits \d+$/.test(what))).toEqual([]);
  expect(seen.size).toBeGreaterThan(CHANGES / 5);
  expect({ lost: client.lost, answered: client.answered }).toEqual({ lost: 0, answered: client.sent });
}, 120_000);

/** The weight, the number of pods, or the Ingress itself with an annotation for its path and another for its host. */
async function apply(run: ScenarioRun, change: number): Promise<void> {
  if (change % 3 === 1) return post(run, 'apply', { manifests: main(change) });
  if (change % 3 === 2) return post(run, 'apply', { manifests: canary((change * 7) % 60) });
  const name = change % 2 === 0 ? 'main' : 'canary';
  return post(run, 'scale', { namespace: 'default', name, replicas: 1 + (change % 4) });
}

async function post(run: ScenarioRun, path: string, body: unknown): Promise<void> {
  expect(await run.control('POST', `/api/v1/${path}`, body)).toMatchObject({ status: 200 });
}

/** Path and host of one Ingress must be of the same change. */
function judge({ status, body }: RawAnswer): string {
  const path = /^GET \/v(\d+)\/x /m.exec(body)?.[1];
  const host = /^Host: v(\d+)\r?$/m.exec(body)?.[1];
  return status === 200 && path !== undefined && path === host
    ? `fits ${path}`
    : `${status}: path ${path}, host ${host}`;
}

const SCENARIO = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata: {name: steady}
spec: {seed: 1, addons: [ingress-nginx]}
`;

function workloads(): string {
  return ['main', 'canary']
    .map(
      (name) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: traefik/whoami}]}
---
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`,
    )
    .join('---\n');
}

function main(change: number): string {
  return ingress('main', 'main', {
    'use-regex': 'true',
    'rewrite-target': `/v${change}/$1`,
    'upstream-vhost': `v${change}`,
  });
}

function canary(weight: number): string {
  return ingress('canary', 'canary', { canary: 'true', 'canary-weight': String(weight) });
}

function ingress(name: string, service: string, annotations: Record<string, string>): string {
  const lines = Object.entries(annotations).map(([key, value]) => `    nginx.ingress.kubernetes.io/${key}: "${value}"`);
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
${lines.join('\n')}
spec:
  ingressClassName: nginx
  rules:
  - host: ${HOST}
    http:
      paths:
      - {path: /(.*), pathType: ImplementationSpecific, backend: {service: {name: ${service}, port: {number: 80}}}}
`;
}
