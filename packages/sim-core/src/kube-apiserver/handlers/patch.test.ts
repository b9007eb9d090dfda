import { describe, expect, it } from 'vitest';
import { type Answer, type ApiClient, createApiClient } from '../testing/api-client.ts';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const WEB = `${DEPLOYMENTS}/web`;
const JSON_PATCH = 'application/json-patch+json';
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const APPLY = 'application/apply-patch+yaml';

function web(spec: object = { replicas: 1 }, metadata: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'default', ...metadata },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] },
      },
      ...spec,
    },
  };
}

function patch(client: ApiClient, type: string, body: unknown, query = '', url = WEB): Promise<Answer> {
  return client.ask('PATCH', `${url}${query}`, body, { 'content-type': type });
}

async function withWeb(): Promise<ApiClient> {
  const client = createApiClient();
  await client.ask('POST', `${DEPLOYMENTS}?fieldManager=maker`, web(), { 'content-type': 'application/json' });
  return client;
}

function managersOf({ body }: Answer): string[] {
  return (body.metadata.managedFields ?? []).map(
    ({ manager, operation, subresource }: Record<string, string>) =>
      `${manager} ${operation}${subresource === undefined ? '' : ` ${subresource}`}`,
  );
}

describe('the three patches of what is there', () => {
  it.each<[string, unknown]>([
    [JSON_PATCH, [{ op: 'replace', path: '/spec/replicas', value: 2 }]],
    [MERGE, { spec: { replicas: 2 } }],
    [STRATEGIC, { spec: { replicas: 2 } }],
  ])('%s', async (type, body) => {
    const client = await withWeb();
    const answer = await patch(client, type, body, '?fieldManager=patcher');
    expect(answer).toMatchObject({ status: 200, body: { spec: { replicas: 2 } } });
    expect(managersOf(answer)).toEqual(expect.arrayContaining(['maker Update', 'patcher Update']));
    expect(await patch(client, type, body, '', `${DEPLOYMENTS}/nope`)).toMatchObject({
      status: 404,
      body: { message: 'deployments.apps "nope" not found' },
    });
  });

  it.each<[string, unknown, number, string]>([
    [
      JSON_PATCH,
      [{ op: 'test', path: '/spec/replicas', value: 9 }],
      422,
      'the server rejected our request due to an error in our request',
    ],
    [
      JSON_PATCH,
      { op: 'add' },
      400,
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    ],
    [
      JSON_PATCH,
      [{ op: 1 }],
      400,
      'error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
    ],
    [JSON_PATCH, 'x', 400, "error decoding patch: invalid character 'x' looking for beginning of value"],
    [
      MERGE,
      [1],
      400,
      'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [STRATEGIC, '{', 400, 'unexpected end of JSON input'],
    [
      STRATEGIC,
      { spec: { replicas: 'x' } },
      422,
      ' "" is invalid: patch: Invalid value: "map[spec:map[replicas:x]]": unrecognized type: int32',
    ],
    [
      STRATEGIC,
      { metadata: { labels: { a: 1 } } },
      422,
      ' "" is invalid: patch: Invalid value: "map[metadata:map[labels:map[a:1]]]": cannot convert int64 to string',
    ],
    [
      STRATEGIC,
      { spec: { template: 'x' } },
      422,
      ' "" is invalid: patch: Invalid value: "map[spec:map[template:x]]": cannot restore struct from: string',
    ],
    [
      STRATEGIC,
      { spec: { template: { spec: { containers: [{ image: 'x' }] } } } },
      500,
      'map: map[image:x] does not contain declared merge key: name',
    ],
    [
      STRATEGIC,
      { metadata: { name: 'other' } },
      400,
      'the name of the object (other) does not match the name on the URL (web)',
    ],
    [
      MERGE,
      { metadata: { namespace: 'other' } },
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      MERGE,
      { metadata: { resourceVersion: '1' } },
      409,
      'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      'application/json',
      {},
      415,
      'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml',
    ],
  ])('%s %j is refused', async (type, body, code, message) => {
    const client = await withWeb();
    expect((await patch(client, type, body)).body).toMatchObject({ kind: 'Status', code, message });
    expect(client.errors).toEqual([]);
  });

  it('shows what it could not decode', async () => {
    const client = await withWeb();
    const { body } = await patch(client, MERGE, { spec: { replicas: 'x' } });
    expect(body.message).toMatch(/^ "" is invalid: patch: Invalid value: "\{\\"apiVersion\\":\\"apps\/v1\\",/);
    expect(body.message).toMatch(
      /: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32$/,
    );
    expect(body.details.causes[0]).toMatchObject({ reason: 'FieldValueInvalid', field: 'patch' });
  });

  it('refuses, warns of or drops fields that nobody knows', async () => {
    const client = await withWeb();
    const body = { spec: { replica: 3 } };
    const strict = await patch(client, STRATEGIC, body, '?fieldValidation=Strict');
    expect(strict.body.message).toBe(
      ' "" is invalid: patch: Invalid value: "map[spec:map[replica:3]]": strict decoding error: unknown field "spec.replica"',
    );
    const warned = await patch(client, STRATEGIC, body, '?fieldValidation=Warn');
    expect(warned.headers).toMatchObject({ warning: expect.stringContaining('unknown field') });
    const ignored = await patch(client, STRATEGIC, body, '?fieldValidation=Ignore');
    expect(ignored.headers).not.toHaveProperty('warning');
    expect(ignored.body.spec).not.toHaveProperty('replica');
  });

  it('takes 10,000 steps and no more', async () => {
    const client = await withWeb();
    const steps = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/kind', value: 'Deployment' }));
    expect((await patch(client, JSON_PATCH, steps)).body).toMatchObject({
      code: 413,
      message: 'Request entity is too large: The allowed maximum operations in a JSON patch is 10000, got 10001',
    });
    expect((await patch(client, JSON_PATCH, steps.slice(1))).status).toBe(200);
  });

  it('is harmed by no hostile body', async () => {
    const client = await withWeb();
    for (const [type, body] of [
      [JSON_PATCH, '[{"op":"add","path":"/__proto__/polluted","value":1}]'],
      [JSON_PATCH, '[{"op":"add","path":"/metadata/labels","value":{"__proto__":{"polluted":"1"}}}]'],
      [MERGE, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'],
      [STRATEGIC, '{"metadata":{"__proto__":{"polluted":1}}}'],
      [APPLY, '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","__proto__":{"polluted":1}}}'],
      [STRATEGIC, '[]'],
      [MERGE, 'null'],
      [APPLY, '- a'],
      [APPLY, 'a: *b'],
      [MERGE, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ] as const) {
      const answer = await patch(client, type, body, '?fieldManager=x');
      expect(answer.status, body.slice(0, 60)).toBeLessThan(501);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(client.errors).toEqual([]);
  });
});

describe('server-side apply', () => {
  const apply = (client: ApiClient, body: unknown, query = '?fieldManager=applier'): Promise<Answer> =>
    patch(client, APPLY, body, query);

  it('makes, takes back, conflicts and forces', async () => {
    const client = createApiClient();
    const made = await apply(client, web());
    expect(made).toMatchObject({ status: 201, body: { spec: { replicas: 1, revisionHistoryLimit: 10 } } });
    expect(managersOf(made)).toEqual(['applier Apply']);
    await patch(client, MERGE, { spec: { replicas: 3 } }, '?fieldManager=kubectl', `${WEB}/scale`);
    const conflict = await apply(client, web({ replicas: 2 }));
    expect(conflict.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] },
    });
    const forced = await apply(client, web({ replicas: 2 }), '?fieldManager=applier&force=true');
    expect(forced).toMatchObject({ status: 200, body: { spec: { replicas: 2 } } });
    expect(managersOf(forced)).not.toContain('kubectl Update scale');
    // Nobody names the replicas any more: they are what they are by default.
    expect((await apply(client, web({}))).body.spec.replicas).toBe(1);
  });

  it('writes nothing when nothing changes', async () => {
    const client = createApiClient();
    await apply(client, web());
    const before = (await client.ask('GET', WEB)).body;
    client.cluster.advance(30_000);
    const again = await apply(client, web());
    expect(again.body.metadata.resourceVersion).toBe((await client.ask('GET', WEB)).body.metadata.resourceVersion);
    expect(again.body.metadata.managedFields[0]).toEqual(before.metadata.managedFields[0]);
  });

  it('reads YAML', async () => {
    const client = createApiClient();
    const yaml = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "1"\n';
    const url = '/api/v1/namespaces/default/configmaps/c';
    const answer = await patch(client, APPLY, yaml, '?fieldManager=x', url);
    expect(answer).toMatchObject({ status: 201, body: { data: { a: '1' } } });
    expect(answer.body.metadata.managedFields[0].fieldsV1).toEqual({ 'f:data': { 'f:a': {} } });
  });

  it('in a dry run leaves all as it was', async () => {
    const client = createApiClient();
    expect((await apply(client, web(), '?fieldManager=a&dryRun=All')).status).toBe(201);
    expect((await client.ask('GET', WEB)).status).toBe(404);
  });

  it.each<[string, unknown, string, number, string]>([
    [
      'no manager',
      web(),
      '',
      422,
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    ],
    [
      'a long manager',
      web(),
      `?fieldManager=${'x'.repeat(129)}`,
      422,
      `PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes`,
    ],
    [
      'managers of its own',
      web({}, { managedFields: [{}] }),
      '?fieldManager=a',
      400,
      'metadata.managedFields must be nil',
    ],
    [
      'another kind',
      { ...web(), kind: 'ReplicaSet' },
      '?fieldManager=a',
      400,
      'invalid object type: apps/v1, Kind=ReplicaSet',
    ],
    ['no kind', '', '?fieldManager=a', 400, 'invalid object type: /, Kind='],
    [
      'an unknown field',
      web({ replica: 1 }),
      '?fieldManager=a',
      500,
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema',
    ],
    [
      'a wrong type',
      web({ replicas: 'x' }),
      '?fieldManager=a',
      500,
      'failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string',
    ],
    [
      'another name',
      web({}, { name: 'other' }),
      '?fieldManager=a',
      400,
      'the name of the object (other) does not match the name on the URL (web)',
    ],
    [
      'a uid',
      web({}, { uid: 'u' }),
      '?fieldManager=a',
      409,
      'Operation cannot be fulfilled on deployments.apps "web": uid mismatch: the provided object specified uid u, and no existing object was found',
    ],
    [
      'an invalid value',
      web({ replicas: -1 }),
      '?fieldManager=a',
      422,
      'Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
  ])('with %s is refused', async (_name, body, query, code, message) => {
    const client = createApiClient();
    expect((await apply(client, body, query)).body).toMatchObject({ kind: 'Status', code, message });
    expect(client.errors).toEqual([]);
  });

  it('keeps to the version that it was made for', async () => {
    const client = await withWeb();
    const stale = await apply(client, web({ replicas: 1 }, { resourceVersion: '1' }));
    expect(stale.body).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(stale.body.message).toContain('the object has been modified');
  });

  it('of a status owns status only', async () => {
    const client = await withWeb();
    const sent = { ...web(), status: { observedGeneration: 7 } };
    const answer = await patch(client, APPLY, sent, '?fieldManager=s&force=true', `${WEB}/status`);
    expect(answer.status).toBe(200);
    const entry = answer.body.metadata.managedFields.find(({ manager }: { manager: string }) => manager === 's');
    expect(entry).toMatchObject({ operation: 'Apply', subresource: 'status' });
    expect(entry.fieldsV1).toEqual({ 'f:status': { 'f:observedGeneration': {} } });
  });
});

describe('managedFields', () => {
  it('name the program where the client names no manager', async () => {
    const client = createApiClient();
    const answer = await client.ask('POST', DEPLOYMENTS, web(), {
      'content-type': 'application/json',
      'user-agent': 'curl/8.5.0 (x)',
    });
    expect(managersOf(answer)).toEqual(['curl Update']);
  });

  it('are forgotten when asked, and kept when a client does not know them', async () => {
    const client = await withWeb();
    const { managedFields: _managed, ...metadata } = (await client.ask('GET', WEB)).body.metadata;
    const put = await client.ask('PUT', `${WEB}?fieldManager=p`, web({ replicas: 5 }, metadata), {
      'content-type': 'application/json',
    });
    expect(managersOf(put)).toEqual(expect.arrayContaining(['maker Update', 'p Update']));
    const reset = await patch(client, JSON_PATCH, [{ op: 'replace', path: '/metadata/managedFields', value: [{}] }]);
    expect(reset.status).toBe(200);
    expect(reset.body.metadata).not.toHaveProperty('managedFields');
    const later = await patch(client, MERGE, { spec: { replicas: 6 } });
    expect(later.body.metadata).not.toHaveProperty('managedFields');
  });

  it('of a pod that a controller made tell who made it, to those who ask for it alone', async () => {
    const client = await withWeb();
    client.cluster.settle();
    const { body } = await client.ask('GET', '/api/v1/namespaces/default/pods');
    const [{ metadata }] = body.items;
    expect(metadata).not.toHaveProperty('managedFields');
    expect(managersOf(await client.ask('GET', `/api/v1/namespaces/default/pods/${metadata.name}`))).toEqual([
      'kube-controller-manager Update',
      'kubelet Update status',
    ]);
  });
});
