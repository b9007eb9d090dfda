import { describe, expect, test } from 'vitest';
import { horizontalPodAutoscalers as autoscalersV1 } from '../../../api/autoscaling-v1/horizontal-pod-autoscaler.ts';
import { horizontalPodAutoscalers } from '../../../api/autoscaling-v2/horizontal-pod-autoscaler.ts';
import { configMaps } from '../../../api/core-v1/config-map.ts';
import { namespaces } from '../../../api/core-v1/namespace.ts';
import { pods } from '../../../api/core-v1/pod.ts';
import { StatusError } from '../../../apimachinery/status-error.ts';
import { ADMIN, configMap, type HookSpec, hookedServer } from './testing/hooked-server.ts';

/** The Status of what was refused; undefined: it was not. */
function refusalOf(write: () => unknown) {
  try {
    write();
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return error.status;
  }
}

describe('what a webhook is told', () => {
  test('of a new object: all of it, as it will be stored', () => {
    const server = hookedServer();
    server.validating({});
    server.create({ a: 'b' });
    expect(server.posts).toMatchObject([{ path: '/check?timeout=10s', timeout: 10_000 }]);
    const kind = { group: '', version: 'v1', kind: 'ConfigMap' };
    const resource = { group: '', version: 'v1', resource: 'configmaps' };
    expect(server.asked()).toMatchObject([
      {
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        kind,
        resource,
        requestKind: kind,
        requestResource: resource,
        name: 'settings',
        namespace: 'default',
        operation: 'CREATE',
        userInfo: { username: 'admin', groups: ['system:masters'] },
        object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { uid: expect.any(String) }, data: { a: 'b' } },
        oldObject: null,
        dryRun: false,
        options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
      },
    ]);
  });

  test('of an update both objects, of a deletion what was there', () => {
    const server = hookedServer();
    server.create({ a: 'old' });
    server.validating({});
    server.registry.update(configMaps, configMap({ a: 'new' }), ADMIN);
    server.registry.delete(configMaps, 'default', 'settings', ADMIN);
    expect(server.asked()).toMatchObject([
      { operation: 'UPDATE', object: { data: { a: 'new' } }, oldObject: { data: { a: 'old' } } },
      { operation: 'DELETE', object: null, oldObject: { data: { a: 'new' } }, options: { kind: 'DeleteOptions' } },
    ]);
  });

  test('of status only who asks for it', () => {
    const server = hookedServer();
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: { containers: [{ name: 'web', image: 'nginx' }] },
    } as const;
    server.registry.create(pods, { ...pod, spec: { containers: [...pod.spec.containers] } }, ADMIN);
    const rule = (resource: string) => [
      { operations: ['UPDATE'], apiGroups: [''], apiVersions: ['v1'], resources: [resource] },
    ];
    server.validating({ rules: rule('pods') }, { rules: rule('pods/status') });
    const stored = server.store.get('pods', 'default', 'web');
    server.registry.updateStatus(pods, { ...(stored as never as typeof pod), status: { phase: 'Running' } } as never);
    expect(server.asked()).toMatchObject([
      { subResource: 'status', requestSubResource: 'status', object: { status: { phase: 'Running' } } },
    ]);
  });
});

describe('a refusal', () => {
  test.each([
    [{ status: { message: 'no', code: 400, reason: 'BadRequest' } }, { code: 400, reason: 'BadRequest' }, ': no'],
    [{ status: { message: 'no' } }, { code: 400 }, ': no'],
    [{ status: { reason: 'Because' } }, { code: 400, reason: 'Because' }, ': Because'],
    [{ status: { code: 200, status: 'Success' } }, { code: 400, status: 'Failure' }, ' without explanation'],
    [{}, { code: 400, status: 'Failure' }, ' without explanation'],
    [{ status: { message: 'gone', code: 410 } }, { code: 410 }, ': gone'],
  ])('%j', (said, expected, words) => {
    const server = hookedServer(() => ({ allowed: false, ...said }));
    server.validating({});
    const message = `admission webhook "hook-0.example.com" denied the request${words}`;
    expect(refusalOf(() => server.create())).toMatchObject({ kind: 'Status', ...expected, message });
    expect(server.store.get('configmaps', 'default', 'settings')).toBeUndefined();
  });

  test('the first one counts, and all are asked', () => {
    const server = hookedServer(() => ({ allowed: false }));
    server.validating({}, {});
    expect(refusalOf(() => server.create())?.message).toContain('"hook-0.example.com"');
    expect(server.posts).toHaveLength(2);
  });
});

test('warnings reach who writes', () => {
  const server = hookedServer(() => ({ allowed: true, warnings: ['old-fashioned'] }));
  server.validating({});
  const warnings: string[] = [];
  server.create({}, { warn: (text) => warnings.push(text) });
  expect(warnings).toEqual(['old-fashioned']);
});

describe('who is asked', () => {
  const asked = (hook: HookSpec, data?: Record<string, string>) => {
    const server = hookedServer();
    server.validating(hook);
    server.create(data);
    return server.posts.length === 1;
  };

  test.each([
    [{ matchLabels: { 'kubernetes.io/metadata.name': 'default' } }, true],
    [{ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['default'] }] }, false],
    [{}, true],
  ])('by the namespace %j', (namespaceSelector, expected) => expect(asked({ namespaceSelector })).toBe(expected));

  test.each([
    [{ matchLabels: { app: 'web' } }, false],
    [{ matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, true],
  ])('by the object %j', (objectSelector, expected) => expect(asked({ objectSelector })).toBe(expected));

  test.each([
    ["object.data.mode == 'strict'", true],
    ["object.data.mode == 'lax'", false],
    ["request.operation == 'CREATE' && request.userInfo.username == 'admin'", true],
    ['oldObject == null', true],
    ["request.namespace != 'kube-system' && !has(object.metadata.labels)", true],
    // What is not simulated counts as true: the webhook decides.
    ["authorizer.group('').resource('pods').check('get').allowed()", true],
  ])('by the condition %s', (expression, expected) => {
    expect(asked({ matchConditions: [{ name: 'c', expression }] }, { mode: 'strict' })).toBe(expected);
  });

  test('a condition that fails decides as the failure policy does, unless another one is false', () => {
    const failing = { name: 'a', expression: "object.data.missing == 'x'" };
    expect(asked({ failurePolicy: 'Ignore', matchConditions: [failing] })).toBe(false);
    expect(asked({ matchConditions: [failing, { name: 'b', expression: 'false' }] })).toBe(false);
    expect(refusalOf(() => asked({ matchConditions: [failing] }))).toMatchObject({
      code: 403,
      message: `configmaps "settings" is forbidden: expression '${failing.expression}' resulted in error: no such key: missing`,
    });
  });

  test('a namespace is looked at itself', () => {
    const server = hookedServer();
    const rules = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['namespaces'] }];
    server.validating({ rules, namespaceSelector: { matchLabels: { team: 'a' } } });
    const create = (name: string, labels: Record<string, string>) =>
      server.registry.create(namespaces, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, ADMIN);
    create('one', { team: 'a' });
    create('two', { team: 'b' });
    expect(server.asked()).toMatchObject([{ name: 'one', namespace: 'one' }]);
  });

  test('configurations of webhooks are nobody else’s business', () => {
    const server = hookedServer(() => ({ allowed: false }));
    const rules = [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] }];
    server.validating({ rules });
    server.mutating({ rules });
    expect(server.posts).toEqual([]);
  });
});

describe('versions', () => {
  const autoscaler = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web', namespace: 'default' },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  };
  const rulesFor = (version: string) => [
    { operations: ['*'], apiGroups: ['autoscaling'], apiVersions: [version], resources: ['horizontalpodautoscalers'] },
  ];
  const ask = (hook: HookSpec) => {
    const server = hookedServer();
    server.validating(hook);
    server.registry.create(horizontalPodAutoscalers, autoscaler as never, {
      ...ADMIN,
      requestKind: autoscalersV1 as never,
    });
    return server.asked();
  };

  test('Equivalent: the version of the rule is shown', () => {
    const v2 = { group: 'autoscaling', version: 'v2', kind: 'HorizontalPodAutoscaler' };
    expect(ask({ rules: rulesFor('v2') })).toMatchObject([
      { kind: v2, requestKind: { version: 'v1' }, object: { apiVersion: 'autoscaling/v2' } },
    ]);
  });

  test('Exact: the version of the request or none', () => {
    expect(ask({ rules: rulesFor('v2'), matchPolicy: 'Exact' })).toEqual([]);
    expect(ask({ rules: rulesFor('v1'), matchPolicy: 'Exact' })).toMatchObject([
      { kind: { version: 'v1' }, object: { apiVersion: 'autoscaling/v1' } },
    ]);
  });
});

describe('a dry run', () => {
  test.each(['None', 'NoneOnDryRun'])('asks who has no side effects: %s', (sideEffects) => {
    const server = hookedServer();
    server.validating({ sideEffects });
    server.create({}, { dryRun: true });
    expect(server.asked()).toMatchObject([{ dryRun: true, options: { dryRun: ['All'] } }]);
  });

  test('refuses where somebody has', () => {
    const server = hookedServer();
    server.registry.load;
    server.validating({});
    const [configuration] = server.store.list('validatingwebhookconfigurations.admissionregistration.k8s.io');
    // Such a configuration comes from v1beta1: v1 takes none.
    const webhooks = (configuration as never as { webhooks: object[] }).webhooks.map((hook) => ({
      ...hook,
      sideEffects: 'Some',
    }));
    server.store.put('validatingwebhookconfigurations.admissionregistration.k8s.io', {
      ...configuration,
      metadata: { ...configuration?.metadata },
      webhooks,
    } as never);
    expect(refusalOf(() => server.create({}, { dryRun: true }))).toMatchObject({
      code: 400,
      message: 'admission webhook "hook-0.example.com" does not support dry run',
    });
  });
});

describe('no proper answer', () => {
  const review = (more: object) =>
    JSON.stringify({ kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1', ...more });
  const call = 'failed to call webhook: ';
  const answer = 'received invalid webhook response: ';
  test.each<[unknown, string]>([
    [
      { failure: 'no endpoints available for service "hook"' },
      `${call}Post "https://hook.hooks.svc:443/check?timeout=10s": no endpoints available for service "hook"`,
    ],
    [{ status: 404, body: '404 page not found\n' }, `${call}the server could not find the requested resource`],
    [{ status: 500, body: 'oh\n' }, `${call}an error on the server ("oh") has prevented the request from succeeding`],
    [{ status: 503, body: '' }, `${call}the server is currently unable to handle the request`],
    [
      { status: 302, body: '' },
      `${call}the server responded with the status code 302 but did not return more information`,
    ],
    [
      { status: 403, body: JSON.stringify({ kind: 'Status', status: 'Failure', message: 'not you' }) },
      `${call}not you`,
    ],
    [
      { status: 200, body: '<html>' },
      `${call}couldn't get version/kind; json parse error: invalid character '<' looking for beginning of value`,
    ],
    [{ status: 200, body: '' }, `${call}couldn't get version/kind; json parse error: unexpected end of JSON input`],
    [{ status: 200, body: '{}' }, `${call}Object 'Kind' is missing in '{}'`],
    [
      { status: 200, body: '{"kind":"Pod","apiVersion":"v1"}' },
      `${call}no kind "Pod" is registered for version "v1" in scheme "pkg/runtime/scheme.go:110"`,
    ],
    [{ status: 200, body: review({}) }, `${answer}webhook response was absent`],
    [
      { status: 200, body: review({ response: { uid: 'x', allowed: true } }) },
      `${answer}expected response.uid="UID", got "x"`,
    ],
    [{ allowed: true, patch: 'W10=' }, `${answer}validating webhook may not return response.patch`],
    [{ allowed: true, patchType: 'JSONPatch' }, `${answer}validating webhook may not return response.patchType`],
  ])('%j', (reply, reason) => {
    const server = hookedServer(() => reply);
    server.validating({});
    const refusal = refusalOf(() => server.create());
    const words = refusal?.message?.replace(/response\.uid="[^"]*"/, 'response.uid="UID"');
    expect(words).toBe(`Internal error occurred: failed calling webhook "hook-0.example.com": ${reason}`);
    expect(refusal).toMatchObject({ code: 500, reason: 'InternalError' });
    const lenient = hookedServer(() => reply);
    lenient.validating({ failurePolicy: 'Ignore' });
    expect(refusalOf(() => lenient.create())).toBeUndefined();
  });

  test('a URL is named as it stands', () => {
    const server = hookedServer(() => ({ failure: 'EOF' }));
    server.validating({ clientConfig: { url: 'https://hook.example.com/v1/check' }, timeoutSeconds: 3 });
    expect(refusalOf(() => server.create())?.message).toContain(
      'failed to call webhook: Post "https://hook.example.com/v1/check?timeout=3s": EOF',
    );
    expect(server.posts).toMatchObject([{ path: '/v1/check?timeout=3s', timeout: 3000 }]);
  });
});
