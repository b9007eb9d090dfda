import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StatusError } from '../apimachinery/status-error.ts';
import { createTestServer } from './test-server.ts';

/*
 * Whatever is wrong with a manifest, the answer is the API server's and never a crash: members of valid objects are
 * taken away or replaced, one or several at a time.
 */

const template = {
  metadata: { labels: { app: 'web' }, annotations: { note: 'x' } },
  spec: {
    serviceAccountName: 'default',
    hostname: 'web',
    hostNetwork: true,
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['10.0.0.1'], searches: ['example.com'], options: [{ name: 'ndots', value: '2' }] },
    nodeSelector: { disk: 'ssd' },
    securityContext: { runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' }, supplementalGroups: [1] },
    tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3 }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }],
        },
      },
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'web' } } } },
        ],
      },
    },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
    imagePullSecrets: [{ name: 'a' }],
    readinessGates: [{ conditionType: 'example.com/ok' }],
    volumes: [
      { name: 'config', configMap: { name: 'config', items: [{ key: 'a', path: 'b' }] } },
      {
        name: 'all',
        projected: {
          sources: [
            { secret: { name: 'a' } },
            { downwardAPI: { items: [{ path: 'x', fieldRef: { fieldPath: 'metadata.name' } }] } },
          ],
        },
      },
      { name: 'host', hostPath: { path: '/data' } },
    ],
    initContainers: [{ name: 'init', image: 'busybox', restartPolicy: 'Always', command: ['true'] }],
    containers: [
      {
        name: 'web',
        image: 'nginx:1.27',
        ports: [{ name: 'http', containerPort: 80, hostPort: 80 }],
        env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }],
        envFrom: [{ prefix: 'X_', configMapRef: { name: 'config' } }],
        resources: {
          requests: { cpu: '100m', 'example.com/gpu': '1' },
          limits: { cpu: '200m', 'example.com/gpu': '1' },
        },
        volumeMounts: [{ name: 'config', mountPath: '/etc/config', subPath: 'b' }],
        livenessProbe: { httpGet: { port: 'http', httpHeaders: [{ name: 'X-A', value: 'b' }] } },
        readinessProbe: { exec: { command: ['true'] } },
        lifecycle: { preStop: { sleep: { seconds: 3 } } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { add: ['NET_BIND_SERVICE'] } },
      },
    ],
  },
};

const core = (kind: string, rest: object) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'web', labels: { a: 'b' } },
  ...rest,
});

const MANIFESTS: readonly object[] = [
  core('Pod', { spec: template.spec }),
  core('Service', {
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: 'Local',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      sessionAffinity: 'ClientIP',
      sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } },
      selector: { app: 'web' },
      ports: [
        { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
        { name: 'https', port: 443 },
      ],
    },
  }),
  core('Secret', { type: 'kubernetes.io/tls', stringData: { 'tls.crt': 'a', 'tls.key': 'b' }, data: { x: 'YQ==' } }),
  core('ConfigMap', { data: { a: 'b' }, binaryData: { c: 'YQ==' } }),
  core('Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
  core('Event', { involvedObject: { kind: 'Pod', name: 'x', namespace: 'default' }, reason: 'R', type: 'Normal' }),
  core('PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  }),
  core('PersistentVolume', {
    spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/x' } },
  }),
  core('Node', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }], podCIDRs: ['10.0.0.0/24'] } }),
  core('ResourceQuota', { spec: { hard: { pods: '3', 'limits.cpu': '1' } } }),
  core('Namespace', { spec: { finalizers: ['kubernetes'] } }),
  {
    ...core('Deployment', {
      spec: { selector: { matchLabels: { app: 'web' } }, template, strategy: { rollingUpdate: { maxSurge: '25%' } } },
    }),
    apiVersion: 'apps/v1',
  },
  {
    ...core('ReplicaSet', {
      spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }, template },
    }),
    apiVersion: 'apps/v1',
  },
  {
    ...core('Job', { spec: { completions: 2, template: { spec: { ...template.spec, restartPolicy: 'Never' } } } }),
    apiVersion: 'batch/v1',
  },
  {
    ...core('Ingress', {
      spec: {
        ingressClassName: 'nginx',
        defaultBackend: { resource: { kind: 'Bucket', name: 'x', apiGroup: 'example.com' } },
        tls: [{ hosts: ['a.example.com'], secretName: 'tls' }],
        rules: [
          {
            host: '*.example.com',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
            },
          },
        ],
      },
    }),
    apiVersion: 'networking.k8s.io/v1',
  },
  {
    ...core('IngressClass', {
      spec: { controller: 'a.b/c', parameters: { kind: 'P', name: 'n', scope: 'Namespace', namespace: 'x' } },
    }),
    apiVersion: 'networking.k8s.io/v1',
  },
  {
    ...core('NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        ingress: [
          { ports: [{ port: 80, endPort: 90 }], from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] },
        ],
        egress: [{ to: [{ namespaceSelector: {} }] }],
      },
    }),
    apiVersion: 'networking.k8s.io/v1',
  },
  {
    ...core('EndpointSlice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: true } }],
      ports: [{ name: 'a', port: 80 }],
    }),
    apiVersion: 'discovery.k8s.io/v1',
  },
  {
    ...core('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }),
    apiVersion: 'rbac.authorization.k8s.io/v1',
  },
  {
    ...core('ClusterRoleBinding', {
      roleRef: { kind: 'ClusterRole', name: 'x' },
      subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'b' }],
    }),
    apiVersion: 'rbac.authorization.k8s.io/v1',
  },
  {
    ...core('ValidatingWebhookConfiguration', {
      webhooks: [
        {
          name: 'a.example.com',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { name: 'a', namespace: 'b' } },
          rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
        },
      ],
    }),
    apiVersion: 'admissionregistration.k8s.io/v1',
  },
  {
    ...core('PodDisruptionBudget', { spec: { minAvailable: '50%', selector: { matchLabels: { app: 'web' } } } }),
    apiVersion: 'policy/v1',
  },
  {
    ...core('HorizontalPodAutoscaler', {
      spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
    }),
    apiVersion: 'autoscaling/v2',
  },
  { ...core('StorageClass', { provisioner: 'example.com/x' }), apiVersion: 'storage.k8s.io/v1' },
  {
    ...core('Lease', { spec: { holderIdentity: 'a', leaseDurationSeconds: 15 } }),
    apiVersion: 'coordination.k8s.io/v1',
  },
];

type Way = (string | number)[];

/** The way to every member below the root, apiVersion and kind left out. */
function ways(value: unknown, way: Way = []): Way[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys
    .filter((key) => way.length > 0 || (key !== 'apiVersion' && key !== 'kind'))
    .flatMap((key) => [[...way, key], ...ways((value as Record<string | number, unknown>)[key], [...way, key])]);
}

/** A copy with the member replaced; undefined takes it away. */
function replaced(value: unknown, [key, ...rest]: Way, by: unknown): unknown {
  if (key === undefined) return by;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const inner = replaced((value as Record<string | number, unknown>)[key], rest, by);
  if (Array.isArray(value)) {
    return inner === undefined ? value.toSpliced(Number(key), 1) : value.with(Number(key), inner);
  }
  const { [key]: _old, ...others } = value as Record<string | number, unknown>;
  return inner === undefined ? others : { ...others, [key]: inner };
}

const VALUES: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  'Bad_Value!',
  '10.0.0.1',
  '5%',
  0,
  -1,
  70000,
  2 ** 40,
  1.5,
  true,
  [],
  [null],
  {},
  { a: null },
];

const change = (manifest: object) =>
  fc.record({ way: fc.constantFrom(...ways(manifest)), by: fc.constantFrom(...VALUES) });

test('the manifests themselves are good', () => {
  const server = createTestServer();
  for (const manifest of MANIFESTS) {
    const { kind } = manifest as { kind: string };
    expect(server.applier.apply(manifest).action, kind).toBe('created');
    expect(server.applier.apply(manifest).action, `${kind} again`).not.toBe('created');
  }
});

describe.each(MANIFESTS.map((manifest) => [(manifest as { kind: string }).kind, manifest] as const))(
  '%s',
  (_kind, manifest) => {
    test.each([
      ['new', false],
      ['over what is there', true],
    ])('%s', (_name, exists) => {
      const server = createTestServer();
      if (exists) server.applier.apply(manifest);
      fc.assert(
        fc.property(fc.array(change(manifest), { minLength: 1, maxLength: 3 }), (changes) => {
          const value = changes.reduce<unknown>((object, { way, by }) => replaced(object, way, by), manifest);
          try {
            server.applier.apply(value, { dryRun: true });
          } catch (error) {
            if (!(error instanceof StatusError)) throw error;
            expect(error.message).not.toBe('');
          }
        }),
        { numRuns: 200 },
      );
    });
  },
);
