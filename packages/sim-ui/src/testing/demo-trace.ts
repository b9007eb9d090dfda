import type { RequestTrace, TraceHop } from '@k8s-ingress-sandbox/sim-core/wire';
import type { DemoRequest } from './demo-cluster.ts';
import { weightLine } from './demo-file.ts';
import { FILE, HOST } from './objects.ts';

/** A decision record for a request of the demo. */
export function demoTrace(request: DemoRequest, flowNodes: readonly string[], weight: number): RequestTrace {
  const { id, at, method, host, url, status, milliseconds, service, pod, decision, isCanary, draw } = request;
  return {
    id,
    at,
    origin: url === '/' ? 'load' : 'client',
    method,
    scheme: 'http',
    host,
    url,
    clientAddress: '127.0.0.1',
    status,
    milliseconds,
    bytes: 312,
    service,
    pod,
    decision,
    isCanary,
    ...(draw === undefined ? {} : { draw: { draw, weight, total: 100 } }),
    summary: isCanary
      ? `No header and no cookie decided, so the canary weight did: it drew ${draw} of 100, which is at most ${weight}.`
      : `No header and no cookie decided, so the canary weight did: it drew ${draw} of 100, which is more than ${weight}.`,
    hops: hops(request, flowNodes, weight),
    whatIf: [
      { change: 'header canary: always', outcome: 'always netflix-frontend-canary' },
      { change: 'weight 0', outcome: 'netflix-frontend' },
    ],
    fix: status === 503 ? 'Scale netflix-frontend-canary up, or set its weight to 0.' : '',
    findings: [],
    deviations: [],
  };
}

function hops(
  { service, pod, isCanary, draw, status, milliseconds }: DemoRequest,
  nodes: readonly string[],
  weight: number,
): TraceHop[] {
  const [, balancer = '', node = '', controller = '', ingress = '', backend = '', target = ''] = nodes;
  return [
    {
      step: 'load-balancer',
      title: `${HOST}:80 → ${node.slice(5)}:31080`,
      why: 'Chose 1 of 3 healthy nodes.',
      beat: [],
      nodes: [balancer, node],
    },
    {
      step: 'node-port',
      title: '31080 → ingress-nginx-controller',
      why: 'externalTrafficPolicy: Cluster, so any node may hand it on.',
      beat: [],
      nodes: [node, controller],
    },
    {
      step: 'server',
      title: HOST,
      why: 'The Host header equals the rule’s host.',
      beat: ['default server: no other rule was needed'],
      nodes: [ingress],
      object: { kind: 'Ingress', namespace: 'default', name: 'netflix-frontend' },
      field: 'spec.rules[0].host',
      source: { file: FILE, line: 36, column: 5 },
    },
    {
      step: 'location',
      title: '/ (Prefix)',
      why: 'The longest path that the URL starts with.',
      beat: [],
      nodes: [ingress],
      field: 'spec.rules[0].http.paths[0].path',
      source: { file: FILE, line: 39, column: 9 },
    },
    {
      step: 'canary',
      title: isCanary ? 'the canary' : 'the main Service',
      why: draw === undefined ? 'A header decided.' : `Weight ${weight} of 100: drew ${draw}.`,
      beat: ['canary-by-header: not configured', 'canary-by-cookie: not configured'],
      nodes: ['ingress:ing-canary'],
      field: 'metadata.annotations[nginx.ingress.kubernetes.io/canary-weight]',
      source: { file: FILE, line: weightLine(), column: 5 },
    },
    {
      step: 'endpoint',
      title: pod === '' ? `${service}: no endpoints` : `${service} → ${pod}`,
      why: pod === '' ? 'No endpoint is ready.' : 'Round robin over the ready endpoints.',
      beat: [],
      nodes: [backend, ...(target === '' ? [] : [target])],
    },
    {
      step: 'answer',
      title: `${status} in ${milliseconds} ms`,
      why: pod === '' ? 'nginx answers itself.' : 'The pod’s own answer.',
      beat: [],
      nodes: [target],
    },
  ];
}
