import { describe, expect, test } from 'vitest';
import { createApiClient } from './testing/api-client.ts';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const NAME = 'crontabs.stable.example.com';
const CRONTABS = '/apis/stable.example.com/v1/namespaces/default/crontabs';
const MERGE = { 'content-type': 'application/merge-patch+json' };

const spec = {
  type: 'object',
  required: ['cronSpec'],
  properties: {
    cronSpec: { type: 'string' },
    replicas: { type: 'integer', minimum: 0, default: 1 },
    size: { type: 'string', enum: ['small', 'large'] },
    ports: {
      type: 'array',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, port: { type: 'integer' } },
      },
    },
  },
  'x-kubernetes-validations': [{ rule: 'self.replicas < 10', message: 'too many' }],
};
const status = {
  type: 'object',
  default: { phase: 'Pending' },
  properties: { phase: { type: 'string' }, replicas: { type: 'integer' } },
};
const version = (name: string, storage: boolean, more = {}) => ({
  name,
  served: true,
  storage,
  schema: { openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec, status } } },
  subresources: { status: {}, scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },
  additionalPrinterColumns: [
    { name: 'Spec', type: 'string', jsonPath: '.spec.cronSpec' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    { name: 'Size', type: 'string', jsonPath: '.spec.size', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  selectableFields: [{ jsonPath: '.spec.size' }],
  ...more,
});
const definition = (more = {}) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: NAME },
  spec: {
    group: 'stable.example.com',
    scope: 'Namespaced',
    names: { plural: 'crontabs', kind: 'CronTab', shortNames: ['ct'], categories: ['all'] },
    versions: [version('v1', true)],
    ...more,
  },
});
const crontab = (name: string, fields = {}, apiVersion = 'stable.example.com/v1') => ({
  apiVersion,
  kind: 'CronTab',
  metadata: { name },
  spec: { cronSpec: '* * * * *', ...fields },
});

async function withDefinition(more = {}) {
  const client = createApiClient();
  expect((await client.ask('POST', DEFINITIONS, definition(more))).status).toBe(201);
  return client;
}

describe('a definition', () => {
  test('is completed, accepted and established', async () => {
    const { ask } = await withDefinition();
    const { body } = await ask('GET', `${DEFINITIONS}/${NAME}`);
    expect(body.spec.names).toMatchObject({ singular: 'crontab', listKind: 'CronTabList' });
    expect(body.spec.conversion).toEqual({ strategy: 'None' });
    expect(body.status).toMatchObject({ acceptedNames: body.spec.names, storedVersions: ['v1'] });
    expect(body.status.conditions).toMatchObject([
      { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
      {
        type: 'Established',
        status: 'True',
        reason: 'InitialNamesAccepted',
        message: 'the initial names have been accepted',
      },
    ]);
  });

  test('makes its kind known', async () => {
    const { ask } = await withDefinition();
    const { body } = await ask('GET', '/apis/stable.example.com/v1');
    expect(body.resources).toMatchObject([
      {
        name: 'crontabs',
        singularName: 'crontab',
        kind: 'CronTab',
        namespaced: true,
        shortNames: ['ct'],
        categories: ['all'],
      },
      { name: 'crontabs/scale' },
      { name: 'crontabs/status' },
    ]);
    const { body: api } = await ask('GET', '/openapi/v3/apis/stable.example.com/v1');
    expect(api.components.schemas['com.example.stable.v1.CronTab'].properties.spec.required).toEqual(['cronSpec']);
  });

  test('waits while another one has its names', async () => {
    const { ask } = await withDefinition();
    const other = definition({ names: { plural: 'tables', kind: 'CronTab', shortNames: ['ct'] } });
    await ask('POST', DEFINITIONS, { ...other, metadata: { name: 'tables.stable.example.com' } });
    const path = `${DEFINITIONS}/tables.stable.example.com`;
    expect((await ask('GET', path)).body.status.conditions).toMatchObject([
      {
        type: 'NamesAccepted',
        status: 'False',
        reason: 'ListKindConflict',
        message: '"CronTabList" is already in use',
      },
      { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' },
    ]);
    await ask('DELETE', `${DEFINITIONS}/${NAME}`);
    expect((await ask('GET', path)).body.status.conditions).toMatchObject([{ status: 'True' }, { status: 'True' }]);
  });

  test('takes its objects along', async () => {
    const { ask } = await withDefinition();
    await ask('POST', CRONTABS, { ...crontab('held'), metadata: { name: 'held', finalizers: ['example.com/hold'] } });
    await ask('POST', CRONTABS, crontab('free'));
    const { body } = await ask('DELETE', `${DEFINITIONS}/${NAME}`);
    expect(body.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    const going = await ask('GET', `${DEFINITIONS}/${NAME}`);
    expect(going.body.status.conditions.at(-1)).toMatchObject({
      type: 'Terminating',
      reason: 'InstanceDeletionInProgress',
    });
    expect((await ask('GET', CRONTABS)).body.items).toHaveLength(1);
    await ask('PATCH', `${CRONTABS}/held`, { metadata: { finalizers: null } }, MERGE);
    expect((await ask('GET', `${DEFINITIONS}/${NAME}`)).status).toBe(404);
    expect((await ask('GET', CRONTABS)).text).toBe('404 page not found\n');
  });

  const invalid = async (more: object, metadata: object = { name: NAME }) => {
    const { ask } = createApiClient();
    const { status: code, body } = await ask('POST', DEFINITIONS, { ...definition(more), metadata });
    expect(code).toBe(422);
    return body.details.causes.map(({ field, message }: { field: string; message: string }) => `${field}: ${message}`);
  };
  const schema = (openAPIV3Schema: object) => ({ versions: [version('v1', true, { schema: { openAPIV3Schema } })] });

  test.each([
    [
      { group: 'example.com' },
      'metadata.name: Invalid value: "crontabs.stable.example.com": must be spec.names.plural+"."+spec.group',
    ],
    [{ scope: 'World' }, 'spec.scope: Unsupported value: "World": supported values: "Cluster", "Namespaced"'],
    [
      { versions: [{ name: 'v1', served: true, storage: true }] },
      'spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required',
    ],
    [
      schema({ type: 'object', properties: { spec: {} } }),
      'spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields',
    ],
    [schema({}), 'spec.validation.openAPIV3Schema.type: Required value: must not be empty at the root'],
    [
      schema({ type: 'object', properties: { a: { type: 'array' } } }),
      'spec.validation.openAPIV3Schema.properties[a].items: Required value: must be specified',
    ],
    [
      schema({ type: 'object', properties: { a: { type: 'string', anyOf: [{ type: 'string' }] } } }),
      'spec.validation.openAPIV3Schema.properties[a].anyOf[0].type: Forbidden: must be empty to be structural',
    ],
    [
      schema({ type: 'object', properties: { a: { type: 'integer', default: 'x' } } }),
      'spec.validation.openAPIV3Schema.properties[a].default: Invalid value: "string": spec.validation.openAPIV3Schema.properties[a].default in body must be of type integer: "string"',
    ],
    [
      { conversion: { strategy: 'Webhook' } },
      'spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook',
    ],
  ])('%j is refused', async (more, cause) => {
    expect(await invalid(more)).toContain(cause);
  });

  test('one version is stored', async () => {
    const [cause] = await invalid({ versions: [version('v1', false)] });
    expect(cause).toMatch(
      /^spec\.versions: Invalid value: \[\]apiextensions\.CustomResourceDefinitionVersion\{.*\}: must have exactly one version marked as storage version$/,
    );
  });

  test('groups of Kubernetes need approval', async () => {
    expect(await invalid({ group: 'stable.k8s.io' }, { name: 'crontabs.stable.k8s.io' })).toEqual([
      'metadata.annotations[api-approved.kubernetes.io]: Required value: protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ]);
  });
});

test('a template in a custom object stays as it was sent', async () => {
  const open = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  const { ask } = await withDefinition({ versions: [version('v1', true, { schema: open })] });
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [] } };
  await ask('POST', CRONTABS, crontab('nightly', { template }));
  expect((await ask('GET', `${CRONTABS}/nightly`)).body.spec.template).toEqual(template);
});

describe('files', () => {
  const documents = (...values: object[]) =>
    values.map((value, index) => ({ file: 'crontabs.yaml', index, line: index * 10, value })) as never;

  test('may have an object before its definition; a dry run knows that too', () => {
    const { cluster } = createApiClient();
    const both = documents(crontab('a'), definition());
    expect(cluster.apply(both, { dryRun: true }).map(({ action }) => action)).toEqual(['created', 'created']);
    const outcomes = cluster.apply(both);
    expect(outcomes.map(({ action }) => action)).toEqual(['created', 'created']);
    expect(outcomes[0]?.retriedAfter).toBe(
      'no matches for kind "CronTab" in version "stable.example.com/v1"\nensure CRDs are installed first',
    );
    const again = cluster.apply(documents(definition(), crontab('a', { size: 'large' })));
    expect(again.map(({ action }) => action)).toEqual(['unchanged', 'configured']);
    const wrong = cluster.apply(documents(crontab('a', { foo: 1 })));
    expect(wrong[0]?.problems[0]).toMatchObject({ reason: 'BadRequest', message: 'unknown field "spec.foo"' });
  });
});

describe('hostile', () => {
  const timed = async (act: () => Promise<unknown>) => {
    const start = performance.now();
    await act();
    return performance.now() - start;
  };
  const open = (schema: object) => ({
    versions: [version('v1', true, { schema: { openAPIV3Schema: { type: 'object', properties: { spec: schema } } } })],
  });

  test('schemas that are deep or large are answered soon', async () => {
    const { ask } = createApiClient();
    let deep: object = { type: 'string' };
    for (let i = 0; i < 3000; i++) deep = { type: 'array', items: deep };
    expect((await ask('POST', DEFINITIONS, definition(open(deep)))).status).toBeGreaterThanOrEqual(400);
    const wide = { type: 'string', enum: Array.from({ length: 100_000 }, (_, i) => `value-${i}`) };
    expect((await ask('POST', DEFINITIONS, definition(open({ type: 'array', items: wide })))).status).toBe(201);
    const list = Array.from({ length: 1000 }, () => 'none');
    const spent = await timed(() => ask('POST', CRONTABS, { ...crontab('a'), spec: list }));
    expect(spent).toBeLessThan(10_000);
  });

  test('objects that are made for patterns and rules are answered soon', async () => {
    const items = { type: 'string', pattern: '^a*a*$' };
    const rule = 'self.all(a, self.all(b, self.all(c, a.size() + b.size() + c.size() >= 0)))';
    const { ask } = await withDefinition(open({ type: 'array', items, 'x-kubernetes-validations': [{ rule }] }));
    const long = await timed(() => ask('POST', CRONTABS, { ...crontab('a'), spec: [`${'a'.repeat(2_000_000)}b`] }));
    expect(long).toBeLessThan(10_000);
    const many = Array.from({ length: 1000 }, (_, i) => 'a'.repeat(i % 7));
    const answer = await ask('POST', CRONTABS, { ...crontab('a'), spec: many });
    expect(answer.body.message).toContain('no further validation rules will be run due to call cost exceeds limit');
  });
});

describe('custom objects', () => {
  test('are completed, shown in columns and selected', async () => {
    const { ask } = await withDefinition();
    const { status: code, body } = await ask('POST', CRONTABS, crontab('a', { size: 'small' }));
    expect(code).toBe(201);
    expect(body).toMatchObject({ metadata: { generation: 1 }, spec: { replicas: 1 }, status: { phase: 'Pending' } });
    await ask('POST', CRONTABS, crontab('b'));
    const table = await ask('GET', `${CRONTABS}?fieldSelector=spec.size%3Dsmall`, undefined, {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
    });
    expect(table.body.columnDefinitions.map(({ name }: { name: string }) => name)).toEqual([
      'Name',
      'Spec',
      'Phase',
      'Size',
      'Age',
    ]);
    expect(table.body.rows.map(({ cells }: { cells: unknown[] }) => cells)).toEqual([
      ['a', '* * * * *', 'Pending', 'small', '0s'],
    ]);
    const list = await ask('GET', CRONTABS);
    expect(list.body).toMatchObject({ kind: 'CronTabList', items: [{ kind: 'CronTab' }, { kind: 'CronTab' }] });
  });

  test.each([
    [
      'Strict',
      400,
      'CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.foo", unknown field "metadata.bar"',
    ],
    ['Warn', 201, undefined],
  ])('fields that nobody knows: %s', async (validation, code, message) => {
    const { ask } = await withDefinition();
    const sent = { ...crontab('a', { foo: 1 }), metadata: { name: 'a', bar: 1 } };
    const answer = await ask('POST', `${CRONTABS}?fieldValidation=${validation}`, sent);
    expect([answer.status, answer.body.message]).toEqual([code, message]);
    if (code === 201) expect(answer.headers.warning).toContain('unknown field \\"spec.foo\\"');
    expect(answer.body.spec?.foo).toBeUndefined();
  });

  test('wrong ones are refused', async () => {
    const { ask } = await withDefinition();
    const { body } = await ask('POST', CRONTABS, crontab('a', { replicas: 'x' }));
    expect(body.details).toMatchObject({ group: 'stable.example.com', kind: 'CronTab', name: 'a' });
    expect(body.message).toBe(
      'CronTab.stable.example.com "a" is invalid: [spec.replicas: Invalid value: "string": spec.replicas in body must be of type integer: "string", <nil>: Invalid value: "null": some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]',
    );
    const many = await ask('POST', CRONTABS, crontab('a', { replicas: 11 }));
    expect(many.body.message).toBe(
      'CronTab.stable.example.com "a" is invalid: spec: Invalid value: "object": too many',
    );
  });

  test('are only replaced by who has seen them', async () => {
    const { ask } = await withDefinition();
    const { body } = await ask('POST', CRONTABS, crontab('a'));
    const blind = await ask('PUT', `${CRONTABS}/a`, crontab('a'));
    expect(blind.body.message).toBe(
      'CronTab.stable.example.com "a" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
    );
    const seen = await ask('PUT', `${CRONTABS}/a`, { ...body, spec: { ...body.spec, replicas: 2 } });
    expect([seen.status, seen.body.metadata.generation]).toEqual([200, 2]);
    const strategic = { 'content-type': 'application/strategic-merge-patch+json' };
    expect((await ask('PATCH', `${CRONTABS}/a`, {}, strategic)).status).toBe(415);
  });

  test('have a status and a scale of their own', async () => {
    const { ask } = await withDefinition();
    await ask('POST', CRONTABS, crontab('a'));
    const patched = await ask(
      'PATCH',
      `${CRONTABS}/a/status`,
      { spec: { replicas: 5 }, status: { replicas: 3 } },
      MERGE,
    );
    expect(patched.body).toMatchObject({ metadata: { generation: 1 }, spec: { replicas: 1 }, status: { replicas: 3 } });
    const wrong = await ask('PATCH', `${CRONTABS}/a/status`, { status: { replicas: 'x' } }, MERGE);
    expect(wrong.status).toBe(422);
    await ask('PATCH', `${CRONTABS}/a/scale`, { spec: { replicas: 4 } }, MERGE);
    expect((await ask('GET', `${CRONTABS}/a/scale`)).body).toMatchObject({
      spec: { replicas: 4 },
      status: { replicas: 3 },
    });
  });

  test('are applied by the server with the keys of their lists', async () => {
    const { ask } = await withDefinition();
    const apply = (manager: string, ports: object[]) =>
      ask('PATCH', `${CRONTABS}/a?fieldManager=${manager}`, crontab('a', { ports }), {
        'content-type': 'application/apply-patch+yaml',
      });
    expect((await apply('one', [{ name: 'http', port: 80 }])).status).toBe(201);
    const { body } = await apply('two', [{ name: 'https', port: 443 }]);
    expect(body.spec.ports).toEqual([
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ]);
    const conflict = await apply('two', [{ name: 'http', port: 81 }]);
    expect([conflict.status, conflict.body.message]).toEqual([
      409,
      'Apply failed with 1 conflict: conflict with "one": .spec.ports[name="http"].port',
    ]);
  });

  test('read the same in every version', async () => {
    const { ask } = await withDefinition({ versions: [version('v1', true), version('v1beta1', false)] });
    const beta = CRONTABS.replace('/v1/', '/v1beta1/');
    const { body } = await ask('POST', beta, crontab('a', {}, 'stable.example.com/v1beta1'));
    expect(body.apiVersion).toBe('stable.example.com/v1beta1');
    expect((await ask('GET', `${CRONTABS}/a`)).body.apiVersion).toBe('stable.example.com/v1');
    const { body: list } = await ask('GET', beta);
    expect([list.apiVersion, list.items[0].apiVersion]).toEqual([
      'stable.example.com/v1beta1',
      'stable.example.com/v1beta1',
    ]);
  });

  test('go with their owner and with their namespace', async () => {
    const { ask } = await withDefinition();
    const { body: owner } = await ask('POST', CRONTABS, crontab('owner'));
    const reference = { apiVersion: owner.apiVersion, kind: owner.kind, name: 'owner', uid: owner.metadata.uid };
    const map = { metadata: { name: 'owned', ownerReferences: [reference] } };
    await ask('POST', '/api/v1/namespaces/default/configmaps', map);
    await ask('DELETE', `${CRONTABS}/owner`);
    expect((await ask('GET', '/api/v1/namespaces/default/configmaps/owned')).status).toBe(404);
    await ask('POST', '/api/v1/namespaces', { metadata: { name: 'shop' } });
    const inShop = CRONTABS.replace('default', 'shop');
    await ask('POST', inShop, crontab('a'));
    await ask('DELETE', '/api/v1/namespaces/shop');
    expect((await ask('GET', '/api/v1/namespaces/shop')).status).toBe(404);
    expect((await ask('GET', inShop)).body.items).toEqual([]);
  });

  test('are watched', async () => {
    const { ask, watch } = await withDefinition();
    const watching = await watch(`${CRONTABS}?watch=1&resourceVersion=0`);
    await ask('POST', CRONTABS, crontab('a'));
    await ask('DELETE', `${CRONTABS}/a`);
    expect(watching.events.map(({ type }) => type)).toEqual(['ADDED', 'DELETED']);
  });
});
