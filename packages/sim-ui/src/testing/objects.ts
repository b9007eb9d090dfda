import type {
  SplitRow,
  WireDeployment,
  WireIngress,
  WireLoadBalancer,
  WireNode,
  WirePod,
  WireService,
  WireStatus,
} from '@k8s-ingress-sandbox/sim-core/wire';
import { weightLine } from './demo-file.ts';

/** Objects as a server would send them, with what a test does not care about filled in. */
export const HOST = 'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost';
export const FILE = 'scenarios/canary.yaml';
export const START = Date.UTC(2026, 0, 1, 10, 0, 0);

export function node(number: number): WireNode {
  const name = `node-${number}`;
  return { kind: 'Node', uid: name, name, ip: `192.168.0.${10 + number}`, ready: true, cordoned: false };
}

export function pod(fields: Partial<WirePod> & { app: string; suffix: string }): WirePod {
  const { app, suffix, ...rest } = fields;
  const name = `${app}-${suffix}`;
  return {
    kind: 'Pod',
    uid: name,
    namespace: 'default',
    name,
    node: 'node-1',
    ip: '10.244.1.7',
    status: 'Running',
    ready: '1/1',
    isReady: true,
    terminating: false,
    restarts: 0,
    images: [`${app}:0.8.0`],
    labels: { app },
    app,
    ...rest,
  };
}

export function controllerPod(suffix = '7c5d9-k2x8p'): WirePod {
  return pod({
    app: 'ingress-nginx-controller',
    suffix,
    namespace: 'ingress-nginx',
    images: ['registry.k8s.io/ingress-nginx/controller:v1.15.1'],
    controller: { ready: true, reason: '', leader: true, configurationRevision: 41 },
  });
}

/** A Service with the pods among these that it selects, ready ones ready. */
export function service(name: string, pods: readonly WirePod[] = [], fields: Partial<WireService> = {}): WireService {
  return {
    kind: 'Service',
    uid: `svc-${name}`,
    namespace: 'default',
    name,
    type: 'ClusterIP',
    clusterIP: '10.96.120.14',
    ports: '3000/TCP',
    selector: { app: name },
    endpoints: pods
      .filter((one) => one.labels.app === name && one.ip !== '')
      .map(({ name: podName, ip, isReady, terminating }) => ({
        pod: podName,
        ip,
        ready: isReady && !terminating,
        terminating,
      })),
    ...fields,
  };
}

export function ingress(name: string, backend: string, fields: Partial<WireIngress> = {}): WireIngress {
  return {
    kind: 'Ingress',
    uid: `ing-${name}`,
    namespace: 'default',
    name,
    className: 'nginx',
    served: true,
    reason: '',
    address: HOST,
    rules: [
      {
        host: HOST,
        path: '/',
        pathType: 'Prefix',
        service: backend,
        port: '3000',
        source: { file: FILE, line: 118, column: 5 },
      },
    ],
    tlsHosts: [],
    source: { file: FILE, line: 108, column: 1 },
    ...fields,
  };
}

export function canaryIngress(weight: number): WireIngress {
  return ingress('canary', 'netflix-frontend-canary', {
    canary: {
      weight,
      weightTotal: 100,
      header: '',
      headerValue: '',
      headerPattern: '',
      cookie: '',
      weightSource: { file: FILE, line: weightLine(), column: 5 },
    },
  });
}

export function loadBalancer(fields: Partial<WireLoadBalancer> = {}): WireLoadBalancer {
  return {
    kind: 'LoadBalancer',
    uid: 'svc-ingress-nginx-controller',
    namespace: 'ingress-nginx',
    name: 'ingress-nginx-controller',
    state: 'ready',
    reason: '',
    hostname: HOST,
    ports: [
      { port: 80, nodePort: 31080, url: 'http://127.0.0.1:40801' },
      { port: 443, nodePort: 31443, url: 'https://127.0.0.1:40802' },
    ],
    targets: [1, 2, 3].map((number) => ({ node: `node-${number}`, healthy: true })),
    ingress: true,
    ...fields,
  };
}

export function deployment(name: string, desired: number, image: string): WireDeployment {
  return {
    kind: 'Deployment',
    uid: `deploy-${name}`,
    namespace: 'default',
    name,
    desired,
    ready: desired,
    updated: desired,
    available: desired,
    images: [image],
  };
}

export function splitRow(fields: Partial<SplitRow> = {}): SplitRow {
  return {
    namespace: 'default',
    ingress: 'netflix-frontend',
    canaryIngress: 'canary',
    host: HOST,
    path: '/',
    service: 'netflix-frontend',
    canaryService: 'netflix-frontend-canary',
    weight: 5,
    weightTotal: 100,
    sinceRevision: 41,
    since: START,
    n: 0,
    canary: 0,
    forcedHeader: 0,
    forcedCookie: 0,
    errors: 0,
    wilson95: null,
    verdict: 'too early',
    alpha: 0.05,
    sticky: false,
    ...fields,
  };
}

export function status(fields: Partial<WireStatus> = {}): WireStatus {
  return {
    epoch: 'e1',
    rev: 1,
    now: START,
    speed: 1,
    paused: false,
    seed: '1',
    scenario: 'canary',
    settled: true,
    waitingFor: [],
    deviations: ['images do not run', 'ingress-nginx v1.15.1 rules', 'NLB ready in 3 s (on AWS: minutes)'],
    engine: '0.1.0',
    http: 'http://127.0.0.1:8080',
    https: 'https://127.0.0.1:8443',
    ...fields,
  };
}
