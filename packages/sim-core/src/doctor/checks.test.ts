import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deployments } from '../api/apps-v1/deployment.ts';
import { examine } from './doctor.ts';
import { edit, lineOf, troubles } from './testing/lesson.ts';
import { runningWorld } from './testing/running-world.ts';

const folder = new URL('../../../../scenarios/', import.meta.url);
const scenario = (name: string, edits: Parameters<typeof edit>[1] = []) =>
  edit(readFileSync(new URL(name, folder), 'utf8'), edits);

const FILE = 'ingress.yaml';

/** ingress.yaml with one edit, and what the doctor says of it. */
function edited(from: string | RegExp, to: string, options: Parameters<typeof troubles>[2] = {}) {
  const text = scenario(FILE, [[from, to]]);
  return { text, found: troubles(FILE, text, options) };
}

const reasons = (found: readonly { reason: string }[]) => found.map(({ reason }) => reason);

describe('backends', () => {
  it('a Service that does not exist: the nearest name, or the namespace where there is one', () => {
    const near = edited('            name: netflix-frontend', '            name: netflix-fronted');
    expect(reasons(near.found)).toEqual(['BackendServiceNotFound']);
    expect(near.found[0]).toMatchObject({
      fix: `Write "name: netflix-frontend" at ${FILE}:${lineOf(near.text, 'netflix-fronted')}.`,
    });
    const other = edited(/(kind: Ingress\nmetadata:\n {2}name: netflix-frontend)/, '$1\n  namespace: shop');
    const found = troubles(FILE, `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n---\n${other.text}`);
    expect(reasons(found)).toEqual(['BackendServiceNotFound']);
    expect(found[0]?.message).toContain('A Service of that name is in namespace default');
  });

  it('a port that the Service has not, or only as targetPort', () => {
    const missing = edited('number: 3000', 'number: 80');
    expect(reasons(missing.found)).toEqual(['BackendPortNotFound']);
    expect(missing.found[0]?.fix).toBe(`Write "number: 3000" at ${FILE}:${lineOf(missing.text, 'number: 80')}.`);
    const text = scenario(FILE, [['  - port: 3000', '  - port: 80']]);
    const infos = examine(runningWorld({ [FILE]: text }).world());
    expect(reasons(infos)).toContain('BackendPortIsTargetPort');
  });
});

describe('selectors and ports', () => {
  it('a selector that fits no pod: the nearest labels, both lines', () => {
    const { text, found } = edited(/(selector:\n {4}app: netflix-)frontend\n/, '$1fronted\n');
    expect(reasons(found)).toEqual(['SelectorMatchesNoPods']);
    expect(found[0]?.source?.line).toBe(lineOf(text, 'app: netflix-fronted'));
    expect(found[0]?.message).toContain(`have app=netflix-frontend (${FILE}:`);
    expect(found[0]?.fix).toBe(`Write "app: netflix-frontend" at ${FILE}:${lineOf(text, 'app: netflix-fronted')}.`);
  });

  it('a targetPort where nobody listens: both lines', () => {
    const { text, found } = edited('targetPort: 3000', 'targetPort: 8080');
    expect(reasons(found)).toEqual(['TargetPortRefused']);
    expect(found[0]).toMatchObject({ source: { line: lineOf(text, 'targetPort: 8080', 2) } });
    expect(found[0]?.message).toContain(
      `Deployment default/netflix-frontend listens on 3000 (${FILE}:${lineOf(text, 'containerPort: 3000')})`,
    );
    expect(found[0]?.fix).toContain('Write "targetPort: 3000"');
  });

  it('a named targetPort that no container has', () => {
    const { found } = edited('targetPort: 3000', 'targetPort: web');
    expect(reasons(found)).toEqual(['TargetPortNameNotFound']);
  });
});

describe('pods', () => {
  it('an image that does not exist', () => {
    const { text, found } = edited('image: netflix-frontend:0.8.0', 'image: netflix-frontend:does-not-exist');
    expect(reasons(found)).toEqual(['PodsNotReady']);
    expect(found[0]).toMatchObject({
      object: { kind: 'Deployment', name: 'netflix-frontend' },
      source: { line: lineOf(text, 'does-not-exist') },
    });
    expect(found[0]?.message).toMatch(
      /^2 pods of Deployment default\/netflix-frontend are not ready: image .* cannot be pulled/,
    );
  });

  it('a readiness probe that asks the wrong port', () => {
    const { text, found } = edited(
      '        - containerPort: 3000',
      '        - containerPort: 3000\n        readinessProbe:\n          httpGet: { path: /, port: 8080 }',
    );
    expect(reasons(found)).toEqual(['PodsNotReady']);
    expect(found[0]?.message).toContain('it asks port 8080; the container declares 3000');
    expect(found[0]?.source?.line).toBe(lineOf(text, 'readinessProbe'));
  });

  it('a ConfigMap that is missing, a pod too large for every node, a program that crashes', () => {
    const missing = edited(
      '        - containerPort: 3000',
      '        - containerPort: 3000\n        envFrom:\n        - configMapRef: { name: settings }',
    );
    expect(missing.found[0]?.message).toContain('configmap "settings" not found');
    const large = edited(
      '        - containerPort: 3000',
      '        - containerPort: 3000\n        resources: { requests: { cpu: "64" } }',
    );
    expect(large.found[0]?.message).toContain('Insufficient cpu');
    const crash = edited('  seed: 1', '  seed: 1\n  images:\n  - { match: "*/netflix-frontend:*", crashAfter: 1s }', {
      seconds: 60,
    });
    expect(crash.found[0]?.message).toContain('ends again and again');
  });

  it('a liveness probe that kills the program: the probe is told, not the program', () => {
    const { text, found } = edited(
      '        - containerPort: 3000',
      '        - containerPort: 3000\n        livenessProbe:\n          periodSeconds: 2\n          failureThreshold: 1\n          httpGet: { path: /, port: 9999 }',
    );
    expect(found[0]).toMatchObject({
      reason: 'PodsNotReady',
      source: { line: lineOf(text, 'livenessProbe:') },
      fix: 'Make the livenessProbe ask a port and path that the program answers, or take it away.',
    });
    expect(found[0]?.message).toMatch(
      /because its livenessProbe fails: .* \(it asks port 9999; the container declares 3000\)/,
    );
  });

  it('pods that only start are no cause for concern', () => {
    const text = scenario(FILE, [
      [
        '        - containerPort: 3000',
        '        - containerPort: 3000\n        readinessProbe:\n          initialDelaySeconds: 60\n          httpGet: { path: /, port: 3000 }',
      ],
    ]);
    const found = examine(runningWorld({ [FILE]: text }).world());
    expect(found.map(({ severity, reason }) => [severity, reason])).toEqual([['info', 'PodsStarting']]);
  });
});

describe('controllers and classes', () => {
  it('another class is of a controller that is not simulated', () => {
    const other = `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: traefik\nspec:\n  controller: traefik.io/ingress-controller\n---\n`;
    const text = other + scenario(FILE, [['ingressClassName: nginx', 'ingressClassName: traefik']]);
    const found = troubles(FILE, text);
    expect(found.map(({ severity, reason }) => [severity, reason])).toEqual([['warning', 'IngressNotServed']]);
    expect(found[0]?.fix).toContain('not simulated here');
  });

  it('the old annotation', () => {
    const { found } = edited(
      /(kind: Ingress\nmetadata:\n {2}name: netflix-frontend\n)([\s\S]*?) {2}ingressClassName: nginx\n/,
      '$1  annotations:\n    kubernetes.io/ingress.class: ngnix\n$2',
    );
    expect(reasons(found)).toEqual(['IngressNotServed']);
    expect(found[0]?.fix).toContain('Take the old annotation away');
  });

  it('a controller scaled to 0, and none at all', () => {
    const running = runningWorld({ [FILE]: scenario(FILE) });
    const { client } = running.cluster;
    const controller = client.list(deployments, 'ingress-nginx')[0];
    if (controller === undefined) throw new Error('no controller');
    client.update(deployments, { ...controller, spec: { ...controller.spec, replicas: 0 } });
    running.cluster.settle();
    running.cluster.advance(400_000);
    const found = examine(running.world());
    expect(reasons(found)[0]).toBe('IngressControllerNotReady');
    expect(found[0]).toMatchObject({
      severity: 'error',
      fix: expect.stringContaining('kubectl -n ingress-nginx scale'),
    });
    running.cluster.delete('apps/v1', 'Deployment', controller.metadata);
    running.cluster.advance(400_000);
    expect(reasons(examine(running.world()))[0]).toBe('NoIngressController');
  });
});

describe('a configuration that nginx refuses', () => {
  it('both paths, and that everything stands still', () => {
    const twice = (path: string) =>
      `      - path: ${path}\n        pathType: Prefix\n        backend: { service: { name: netflix-frontend, port: { number: 3000 } } }\n`;
    const text = scenario(FILE, [[/( {6}- path: \/\n)/, `${twice('/a')}${twice('/a/')}$1`]]);
    const found = troubles(FILE, text);
    expect(reasons(found)).toEqual(['ReloadFailed']);
    const [first, second] = [lineOf(text, '- path: /a'), lineOf(text, '- path: /a/')];
    expect(found[0]).toMatchObject({ severity: 'error', source: { file: FILE, line: second } });
    expect(found[0]?.message).toContain(`/a (Prefix) (${FILE}:${first}) has already`);
    expect(found[0]?.message).toContain('duplicate location "/a/"');
    expect(found[0]?.fix).toContain(`Delete the path at ${FILE}:${second}`);
  });
});

describe('Services', () => {
  it('a clusterIP of another cluster: the line to delete, although the server refused the Service', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: my-service\nspec:\n  type: LoadBalancer\n  selector:\n    app.kubernetes.io/name: MyApp\n  ports:\n  - protocol: TCP\n    port: 80\n    targetPort: 9376\n  clusterIP: 10.0.171.239\n';
    const found = troubles('service.yaml', text);
    expect(reasons(found)).toEqual(['ClusterIPOfAnotherCluster']);
    expect(found[0]).toMatchObject({ source: { file: 'service.yaml', line: 13 } });
    expect(found[0]?.message).toContain('this IP belongs to another cluster');
    expect(found[0]?.fix).toContain('Delete line 13 of service.yaml');
  });

  it('a load balancer that the cloud refuses', () => {
    const text = scenario('loadbalancer.yaml', [
      ['  seed: 1', '  seed: 1\n  cloud: { failures: [{ times: 9, message: "TooManyLoadBalancers: quota" }] }'],
    ]);
    const found = troubles('loadbalancer.yaml', text);
    expect(reasons(found)).toEqual(['LoadBalancerFailed']);
    expect(found[0]?.message).toContain('TooManyLoadBalancers: quota');
  });
});

describe('annotations', () => {
  const annotate = (...lines: string[]) =>
    edited(
      /(kind: Ingress\nmetadata:\n {2}name: netflix-frontend\n)/,
      `$1  annotations:\n${lines.map((line) => `    ${line}\n`).join('')}`,
      { webhook: false },
    ).found;

  it('misspelt, of another prefix, or not simulated', () => {
    const found = annotate(
      'nginx.ingress.kubernetes.io/proxy-body-sise: 8m',
      'ingress.kubernetes.io/ssl-redirect: "false"',
      'nginx.ingress.kubernetes.io/enable-modsecurity: "true"',
      'nginx.ingress.kubernetes.io/configuration-snippet: "deny all;"',
    );
    expect(reasons(found)).toEqual([
      'AnnotationInvalid',
      'UnknownAnnotation',
      'UnknownAnnotation',
      'AnnotationNotSimulated',
    ]);
    expect(found[0]?.message).toContain('does not load the Ingress');
    expect(found[0]?.fix).toContain('Critical');
    expect(found[1]?.fix).toContain('Did you mean nginx.ingress.kubernetes.io/proxy-body-size?');
    expect(found[2]?.fix).toContain('nginx.ingress.kubernetes.io/ssl-redirect');
    expect(found[3]?.message).toContain('There is no web application firewall here');
  });

  it('values that the controller refuses', () => {
    const found = annotate('nginx.ingress.kubernetes.io/proxy-read-timeout: 30s');
    expect(found.map(({ reason, fix }) => [reason, fix])).toEqual([
      ['AnnotationInvalid', `Write "30" or the like at ${FILE}:83.`],
    ]);
  });
});

describe('the ConfigMap of the controller', () => {
  it('keys that are misspelt, or without effect here', () => {
    const data = '  use-gzip: "true"\n  use-forwarded-header: "true"\n  hsts: "false"\n';
    const configMap = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ingress-nginx-controller, namespace: ingress-nginx}\ndata:\n${data}`;
    const text = `${configMap}---\n${scenario(FILE)}`;
    const found = examine(runningWorld({ [FILE]: text }).world()).filter(({ reason }) =>
      reason.includes('ConfigMapKey'),
    );
    expect(found.map(({ reason, source, severity }) => [reason, source?.line, severity])).toEqual([
      ['UnknownConfigMapKey', 6, 'warning'],
      ['ConfigMapKeyNotSimulated', 5, 'info'],
    ]);
    expect(found[0]?.fix).toBe(`Did you mean use-forwarded-headers? Change ${FILE}:6.`);
  });
});

describe('TLS', () => {
  it('a Secret that is missing, has other keys, or another name', () => {
    const missing = troubles(
      'tls.yaml',
      scenario('tls.yaml', [['secretName: netflix-frontend-tls', 'secretName: netflix-tls']]),
    );
    expect(reasons(missing)).toEqual(['TlsSecretNotFound']);
    const keys = troubles(
      'tls.yaml',
      scenario('tls.yaml', [
        ['type: kubernetes.io/tls', 'type: Opaque'],
        ['  tls.key:', '  key.pem:'],
      ]),
    );
    expect(reasons(keys)).toEqual(['TlsSecretKeys']);
    const host = scenario('tls.yaml').replaceAll(
      'k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost',
      'shop.localhost',
    );
    const names = troubles('tls.yaml', host);
    expect(reasons(names)).toEqual(['TlsCertificateNames']);
    expect(names[0]?.message).toContain('not for shop.localhost');
  });

  it('a tls section that lists another host', () => {
    const found = troubles(
      'tls.yaml',
      scenario('tls.yaml', [
        ['    - k8s-ingressn-ingressn-65f99d2d5a.elb.us-east-1.localhost', '    - shop.localhost'],
      ]),
    );
    expect(reasons(found)).toContain('TlsCertificateNames');
  });

  it('https forced without a certificate', () => {
    const { found } = edited(
      /(kind: Ingress\nmetadata:\n {2}name: netflix-frontend\n)/,
      '$1  annotations:\n    nginx.ingress.kubernetes.io/force-ssl-redirect: "true"\n',
    );
    expect(reasons(found)).toEqual(['ForcedRedirectWithoutTls']);
  });
});

describe('paths and hosts', () => {
  it('a path that an older Ingress has', () => {
    const text = scenario(FILE);
    const younger = text.slice(text.lastIndexOf('---\n')).replace('name: netflix-frontend', 'name: another');
    const found = troubles(FILE, `${text}\n${younger}`, { webhook: false });
    expect(found.map(({ reason, object }) => [reason, object?.name])).toEqual([['PathTaken', 'another']]);
    expect(found[0]?.message).toContain('Ingress default/netflix-frontend (ingress.yaml:');
  });

  it('a regex that is refused here though nginx runs it: which construct, and the line', () => {
    const text = scenario(FILE, [
      [/path: \/\n/, 'path: /(?!admin)\n'],
      [
        /(kind: Ingress\nmetadata:\n {2}name: netflix-frontend\n)/,
        '$1  annotations:\n    nginx.ingress.kubernetes.io/use-regex: "true"\n',
      ],
      [/pathType: Prefix\n/, 'pathType: ImplementationSpecific\n'],
    ]);
    const found = troubles(FILE, text, { webhook: false });
    expect(reasons(found)).toEqual(['RegexRefused']);
    expect(found[0]?.message).toContain('it holds a negative lookahead');
    expect(found[0]?.source?.line).toBe(lineOf(text, 'path: /(?!admin)'));
  });

  it('tells how to reach a host that resolves nowhere, and warns of the host of another load balancer', () => {
    const text = scenario(FILE, [[/host: .*/, 'host: shop.example.com']]);
    const infos = examine(runningWorld({ [FILE]: text }).world());
    expect(infos[0]).toMatchObject({ severity: 'info', reason: 'HostNotResolvable' });
    expect(infos[0]?.fix).toContain('curl -H "Host: shop.example.com" http://127.0.0.1:8080/');
  });

  it('warns of a host that is the load balancer of a Service', () => {
    const text = scenario('two-loadbalancers.yaml');
    const host = runningWorld({ 'a.yaml': text }).cluster.cloud.list()[0]?.hostname ?? '';
    const ingress = scenario(FILE)
      .slice(scenario(FILE).lastIndexOf('---\n'))
      .replace(/host: .*/, `host: ${host}`);
    const found = troubles('a.yaml', `${text}\n${ingress}`, { addon: true });
    expect(reasons(found)).toEqual(['HostOfAnotherLoadBalancer']);
    expect(found[0]?.fix).toContain('host: k8s-ingressn-ingressn');
  });
});

describe('the Gateway API', () => {
  const definition = (kind: string, resource: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: ${resource}.gateway.networking.k8s.io
  annotations: { api-approved.kubernetes.io: "https://example.com" }
spec:
  group: gateway.networking.k8s.io
  scope: Namespaced
  names: { kind: ${kind}, plural: ${resource} }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true }
`;
  const route = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: web\nspec: {}\n';

  it('has no controller here, and says so once', () => {
    const text = `${scenario(FILE)}\n---\n${definition('HTTPRoute', 'httproutes')}---\n${route}`;
    const found = examine(runningWorld({ [FILE]: text }).world());
    expect(found.filter(({ reason }) => reason === 'NoGatewayController')).toHaveLength(1);
  });
});
