import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WITH_EVENT_LOOP } from './hello.ts';
import { BODY, end, type Peer, untilEvent } from './peer.ts';

/** A running sandbox, with what its control API needs. */
export interface Sandbox extends Peer {
  readonly control: string;
  readonly token: string;
}

const HOST = 'bench.example';
const FLAGS = [
  ...['--cloud-delay', '0s', '--output', 'json', '--another', '--no-open', '--no-load'],
  ...['--http-port', '0', '--https-port', '0', '--ui-port', '0', '--dns-port', '0', '--api-port', '0'],
];

/** A 95/5 canary before pods that answer with the same bytes as the peers' backend. */
export function canaryManifests(extraIngresses = 0, paths = 0): string {
  return [
    SCENARIO,
    ...workload('main', 2),
    ...workload('canary', 1),
    ingress('main', HOST, ['/'], 'main'),
    ingress('canary', HOST, ['/'], 'canary', { canary: 'true', 'canary-weight': '5' }),
    ...extraIngressList(extraIngresses, paths, 'main', 80),
  ].join('---\n');
}

/** So many Ingresses, for hosts of their own and for the one that is asked, with so many paths in all. */
export function manyIngresses(count: number, paths: number, service: string, port: number): string {
  return extraIngressList(count, paths, service, port).join('---\n');
}

/** A URL for every path of these Ingresses. */
export function extraUrls(count: number, paths: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    pathsOf(index, paths / count).map((path) => `http://${hostOf(index)}${path}`),
  ).flat();
}

/** Starts a sandbox on these manifests and waits until it routes. */
export async function startSandbox(name: string, manifests: string): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sandbox-'));
  const file = join(folder, 'bench.yaml');
  writeFileSync(file, manifests);
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, HOME: folder, NODE_OPTIONS: WITH_EVENT_LOOP };
  const child = spawn(process.execPath, [join('bin', 'k8s-ingress-sandbox.mjs'), file, ...FLAGS], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env,
  });
  const { http = '', https = '', control = '', token = '' } = await untilEvent(child, 'settled');
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true });
  };
  return { name, url: `${http}/`, secureUrl: `${https}/`, host: HOST, processes: [child], control, token, stop };
}

const SCENARIO = `apiVersion: sandbox.k8s-ingress.dev/v1
kind: Scenario
metadata: {name: bench}
spec: {seed: 1, addons: [ingress-nginx]}
`;

function workload(name: string, replicas: number): string[] {
  return [
    `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: hashicorp/http-echo, args: ["-text=${BODY.slice(1)}"]}]}
`,
    `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80, targetPort: 5678}]}
`,
  ];
}

function ingress(
  name: string,
  host: string,
  paths: readonly string[],
  service: string,
  annotations: Record<string, string> = {},
  port = 80,
): string {
  const noted = Object.entries(annotations).map(([key, value]) => `nginx.ingress.kubernetes.io/${key}: "${value}"`);
  const backend = `backend: {service: {name: ${service}, port: {number: ${port}}}}`;
  const rules = paths.map((path) => `      - {path: ${path}, pathType: Prefix, ${backend}}`).join('\n');
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: ${name}, annotations: {${noted.join(', ')}}}
spec:
  ingressClassName: nginx
  rules:
  - host: ${host}
    http:
      paths:
${rules}
`;
}

function extraIngressList(count: number, paths: number, service: string, port: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    ingress(`extra-${index}`, hostOf(index), pathsOf(index, paths / count), service, {}, port),
  );
}

/** Every other one is on the host that is asked. */
function hostOf(index: number): string {
  return index % 2 === 0 ? HOST : `host-${index}.example`;
}

function pathsOf(index: number, count: number): string[] {
  return Array.from({ length: count }, (_, path) => `/section-${index}/page-${path}`);
}
