import { describe, expect, test } from 'vitest';
import { MAX_BODY } from '../api-server.ts';
import { createApiClient } from '../testing/api-client.ts';

const SERVICES = '/api/v1/namespaces/default/services';
const service = (name: string, more: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { selector: { app: name }, ports: [{ port: 80 }], ...more },
});

describe('a creation', () => {
  test('answers with what was stored', async () => {
    const { ask } = createApiClient();
    const { status, body } = await ask('POST', SERVICES, service('web'));
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: 'Service', apiVersion: 'v1', metadata: { name: 'web', namespace: 'default' } });
    expect((await ask('GET', `${SERVICES}/web`)).body).toEqual(body);
  });

  test('a body without kind is of the kind of the path', async () => {
    const { ask } = createApiClient();
    const { status } = await ask('POST', '/api/v1/namespaces/default/configmaps', { metadata: { name: 'a' } });
    expect(status).toBe(201);
  });

  test('an answer that nobody can give leaves nothing behind', async () => {
    const { ask } = createApiClient();
    const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
    expect((await ask('POST', `${SERVICES}?includeObject=x`, service('web'), table)).status).toBe(400);
    expect((await ask('GET', `${SERVICES}/web`)).status).toBe(404);
  });

  test('a dry run stores nothing', async () => {
    const { ask } = createApiClient();
    expect((await ask('POST', `${SERVICES}?dryRun=All`, service('web'))).status).toBe(201);
    expect((await ask('GET', `${SERVICES}/web`)).status).toBe(404);
  });

  test.each([
    ['fieldValidation=Strict', 400, undefined],
    ['fieldValidation=Warn', 201, '299 - "unknown field \\"spec.potrs\\""'],
    ['', 201, '299 - "unknown field \\"spec.potrs\\""'],
    ['fieldValidation=Ignore', 201, undefined],
  ])('an unknown field, %s', async (query, expected, warning) => {
    const { ask } = createApiClient();
    const { status, headers, body } = await ask('POST', `${SERVICES}?${query}`, service('web', { potrs: [] }));
    expect([status, headers.warning]).toEqual([expected, warning]);
    if (status === 201) expect(body.spec).not.toHaveProperty('potrs');
  });

  test('a key that stands twice is refused where the client is strict', async () => {
    const { ask } = createApiClient();
    const text = '{"metadata":{"name":"a"},"data":{"x":"1","x":"2"}}';
    const path = '/api/v1/namespaces/default/configmaps';
    const strict = await ask('POST', `${path}?fieldValidation=Strict`, text);
    expect(strict.body.message).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.x"',
    );
    expect((await ask('POST', path, text)).body.data).toEqual({ x: '2' });
  });

  test.each([
    [
      'another namespace',
      { ...service('web'), metadata: { name: 'web', namespace: 'shop' } },
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'another kind',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } },
      'Pod in version "v1" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion',
    ],
    [
      'an unknown kind',
      { apiVersion: 'v1', kind: 'service', metadata: { name: 'web' } },
      'service in version "v1" cannot be handled as a Service: no kind "service" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"',
    ],
    [
      'a wrong type',
      service('web', { ports: 3 }),
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal number into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
  ])('%s', async (_what, body, message) => {
    const { ask } = createApiClient();
    const answer = await ask('POST', SERVICES, body);
    expect([answer.status, answer.body.message]).toEqual([400, message]);
  });

  test('YAML is read, and other media types are refused by name', async () => {
    const { ask } = createApiClient();
    const yaml = 'metadata: {name: web}\nspec:\n  ports: [{port: 80}]\n';
    expect((await ask('POST', SERVICES, yaml, { 'content-type': 'application/yaml' })).status).toBe(201);
    const { status, body } = await ask('POST', SERVICES, 'x', { 'content-type': 'text/plain' });
    expect([status, body.reason]).toEqual([415, 'UnsupportedMediaType']);
    expect(body.message).toContain('accepted media types include: application/json, application/yaml');
  });

  test('a body over the limit', { timeout: 60_000 }, async () => {
    const { ask } = createApiClient();
    const { status, body } = await ask('POST', SERVICES, new Uint8Array(MAX_BODY + 1));
    expect([status, body.reason]).toEqual([413, 'RequestEntityTooLarge']);
  });
});

describe('an update', () => {
  test('keeps what only the server says', async () => {
    const { ask } = createApiClient();
    const { body: created } = await ask('POST', SERVICES, service('web'));
    const { status, body } = await ask('PUT', `${SERVICES}/web`, service('web', { sessionAffinity: 'ClientIP' }));
    expect(status).toBe(200);
    expect(body.metadata.uid).toBe(created.metadata.uid);
    expect(body.spec).toMatchObject({ sessionAffinity: 'ClientIP', clusterIP: created.spec.clusterIP });
  });

  test.each([
    ['other', 'the name of the object (other) does not match the name on the URL (web)'],
    ['', 'the name of the object (web based on URL) was undeterminable: name must be provided'],
  ])('of the name %j', async (name, message) => {
    const { ask } = createApiClient();
    await ask('POST', SERVICES, service('web'));
    const answer = await ask('PUT', `${SERVICES}/web`, service(name));
    expect([answer.status, answer.body.message]).toEqual([400, message]);
  });

  test('of an object that had the name before is a conflict; revision 0 asks for none', async () => {
    const { ask } = createApiClient();
    const { body: old } = await ask('POST', SERVICES, service('web'));
    const sent = { ...service('web'), metadata: { name: 'web', uid: 'other' } };
    const { status, body } = await ask('PUT', `${SERVICES}/web`, sent);
    expect([status, body.message]).toEqual([
      409,
      `Operation cannot be fulfilled on services "web": StorageError: invalid object, Code: 4, Key: /registry/services/specs/default/web, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: other, UID in object meta: ${old.metadata.uid}`,
    ]);
    for (const resourceVersion of ['', '0']) {
      const again = { ...service('web'), metadata: { name: 'web', resourceVersion } };
      expect((await ask('PUT', `${SERVICES}/web`, again)).status).toBe(200);
    }
  });

  test('of an old revision is a conflict', async () => {
    const { ask } = createApiClient();
    const { body } = await ask('POST', SERVICES, service('web'));
    await ask('PUT', `${SERVICES}/web`, service('web', { sessionAffinity: 'ClientIP' }));
    expect((await ask('PUT', `${SERVICES}/web`, body)).status).toBe(409);
  });
});

describe('a deletion', () => {
  const MAPS = '/api/v1/namespaces/default/configmaps';

  test('answers with a Status, or with the object where that is the custom', async () => {
    const { ask } = createApiClient();
    const { body: map } = await ask('POST', MAPS, { metadata: { name: 'a' } });
    await ask('POST', SERVICES, service('web'));
    const details = { name: 'a', kind: 'configmaps', uid: map.metadata.uid };
    expect((await ask('DELETE', `${MAPS}/a`)).body).toMatchObject({ kind: 'Status', status: 'Success', details });
    expect((await ask('DELETE', `${SERVICES}/web`)).body).toMatchObject({ kind: 'Service', metadata: { name: 'web' } });
    expect((await ask('DELETE', `${MAPS}/a`)).status).toBe(404);
  });

  test('a dry run leaves everything', async () => {
    const { ask } = createApiClient();
    await ask('POST', MAPS, { metadata: { name: 'a' } });
    expect((await ask('DELETE', `${MAPS}/a?dryRun=All`)).status).toBe(200);
    expect((await ask('GET', `${MAPS}/a`)).status).toBe(200);
  });

  test('of a pod that runs marks it', async () => {
    const { ask, cluster } = createApiClient();
    const pods = '/api/v1/namespaces/default/pods';
    await ask('POST', pods, {
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
    });
    cluster.advance(1000);
    const { body } = await ask('DELETE', `${pods}/web`, { propagationPolicy: 'Background' });
    expect(body.metadata.deletionGracePeriodSeconds).toBe(30);
    cluster.advance(31_000);
    expect((await ask('GET', `${pods}/web`)).status).toBe(404);
  });

  test('with conditions that do not hold', async () => {
    const { ask } = createApiClient();
    await ask('POST', MAPS, { metadata: { name: 'a' } });
    const { status, body } = await ask('DELETE', `${MAPS}/a`, { preconditions: { uid: 'other' } });
    expect(status).toBe(409);
    expect(body.message).toMatch(
      /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(other\) does not match the UID in record \(.+\)\. The object might have been deleted and then recreated$/,
    );
  });

  test('of an unknown policy', async () => {
    const { ask } = createApiClient();
    await ask('POST', MAPS, { metadata: { name: 'a' } });
    const { status, body } = await ask('DELETE', `${MAPS}/a`, { propagationPolicy: 'Never' });
    expect([status, body.reason]).toEqual([422, 'Invalid']);
  });

  test('of a collection takes what matches', async () => {
    const { ask } = createApiClient();
    for (const name of ['a', 'b']) await ask('POST', MAPS, { metadata: { name, labels: { name } } });
    const { body } = await ask('DELETE', `${MAPS}?labelSelector=name%3Da`);
    expect(body).toMatchObject({ kind: 'ConfigMapList', items: [{ metadata: { name: 'a' } }] });
    expect((await ask('GET', `${MAPS}/a`)).status).toBe(404);
    expect((await ask('GET', `${MAPS}/b`)).status).toBe(200);
  });
});

describe('paths', () => {
  test.each([
    ['GET', '/api/v1/namespaces/default/nodes', 404],
    ['GET', '/api/v1/pods/web', 404],
    ['GET', '/api/v1/namespaces/default/services/web/nonsense', 404],
    ['POST', '/api/v1/pods', 405],
    ['POST', '/api/v1/namespaces/default/services/web', 405],
    ['PUT', '/api/v1/namespaces/default/services', 405],
    ['DELETE', '/api/v1/namespaces', 405],
    ['GET', '/healthz', 200],
    ['GET', '/version', 200],
  ])('%s %s: %i', async (method, path, expected) => {
    expect((await createApiClient().ask(method, path, method === 'GET' ? undefined : {})).status).toBe(expected);
  });

  test('the method that is not allowed, in the words of the server', async () => {
    const { body } = await createApiClient().ask('POST', '/api/v1/pods', {});
    expect(body).toMatchObject({
      reason: 'MethodNotAllowed',
      message: 'the server does not allow this method on the requested resource',
    });
  });
});

describe('scale', () => {
  const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
  };
  const deployment = {
    metadata: { name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: { app: 'web' } }, template },
  };
  const MERGE = { 'content-type': 'application/merge-patch+json' };

  test('reads and writes the replicas', async () => {
    const { ask } = createApiClient();
    await ask('POST', DEPLOYMENTS, deployment);
    const { body } = await ask('GET', `${DEPLOYMENTS}/web/scale`);
    expect(body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 2 },
      status: { selector: 'app=web' },
    });
    const scaled = await ask('PATCH', `${DEPLOYMENTS}/web/scale`, { spec: { replicas: 3 } }, MERGE);
    expect(scaled.body.spec).toEqual({ replicas: 3 });
    expect((await ask('GET', `${DEPLOYMENTS}/web`)).body.spec.replicas).toBe(3);
  });

  test.each(['3', 1.5, {}, []])('%j is no number of replicas', async (replicas) => {
    const { ask } = createApiClient();
    await ask('POST', DEPLOYMENTS, deployment);
    expect((await ask('PATCH', `${DEPLOYMENTS}/web/scale`, { spec: { replicas } }, MERGE)).status).toBe(400);
  });
});
