import { beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from '../../api/kinds.ts';
import { SCHEMA_JSON } from '../../api/schema.generated.ts';
import { apiVersionOf, defineKind } from '../../apimachinery/kind.ts';
import { createSchema } from '../../apimachinery/schema/schema.ts';
import { Scheme } from '../../apimachinery/scheme.ts';
import type { WholeResponse } from '../http/message.ts';
import { answerOpenApi } from './answer.ts';
import { createOpenApi } from './openapi.ts';

interface Operation {
  readonly parameters: readonly { readonly name: string }[];
  readonly 'x-kubernetes-group-version-kind': { readonly kind: string };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<'get' | 'patch' | 'post', Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Schema {
  readonly description?: string;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { readonly kind: string }[];
}

const NOW = Date.UTC(2026, 0, 1, 12, 30, 5);
const scheme = new Scheme(KINDS);
const openApi = createOpenApi({
  scheme,
  schema: createSchema(() => SCHEMA_JSON),
  gitVersion: 'v1.33.3',
  customSchemas: ({ kind }) =>
    kind === 'Widget' ? { type: 'object', properties: { spec: { type: 'object', properties: {} } } } : undefined,
});

async function documentOf(path: string): Promise<Document> {
  return JSON.parse((await openApi.document(path))?.json ?? 'null') as Document;
}

async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<WholeResponse> {
  const answer = await answerOpenApi(openApi, { method: 'GET', url, headers, body: new Uint8Array() }, NOW);
  return answer as WholeResponse;
}

const gvPaths = [...new Set(KINDS.map((kind) => `${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`))];

describe('a document', () => {
  let apps: Document;
  let core: Document;
  beforeAll(async () => {
    apps = await documentOf('apis/apps/v1');
    core = await documentOf('api/v1');
  });

  it('has the schemas of its kinds under the names of Kubernetes', () => {
    const { description, properties, ...more } = apps.components.schemas['io.k8s.api.apps.v1.Deployment'] as Schema;
    expect(description).toBe('Deployment enables declarative updates for Pods and ReplicaSets.');
    expect(Object.keys(properties).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    expect(more).toEqual({
      type: 'object',
      'x-kubernetes-group-version-kind': [{ group: 'apps', kind: 'Deployment', version: 'v1' }],
    });
  });

  it('says how fields are merged, required and filled in', () => {
    const { properties, required } = apps.components.schemas['io.k8s.api.apps.v1.DeploymentSpec'] as Schema;
    expect(required).toEqual(['selector', 'template']);
    expect(properties.strategy).toEqual({
      allOf: [{ $ref: '#/components/schemas/io.k8s.api.apps.v1.DeploymentStrategy' }],
      default: {},
      description: 'The deployment strategy to use to replace existing pods with new ones.',
      'x-kubernetes-patch-strategy': 'retainKeys',
    });
    expect(properties.replicas).toEqual({ description: expect.any(String), format: 'int32', type: 'integer' });
    expect(core.components.schemas['io.k8s.api.core.v1.ServiceSpec']?.properties.ports).toMatchObject({
      items: { allOf: [{ $ref: '#/components/schemas/io.k8s.api.core.v1.ServicePort' }], default: {} },
      type: 'array',
      'x-kubernetes-list-map-keys': ['port', 'protocol'],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-patch-merge-key': 'port',
      'x-kubernetes-patch-strategy': 'merge',
    });
  });

  it('names the values of enums and what they mean', () => {
    const { properties } = apps.components.schemas['io.k8s.api.apps.v1.DeploymentStrategy'] as Schema;
    expect(properties.type).toEqual({
      description:
        'Type of deployment. Can be "Recreate" or "RollingUpdate". Default is RollingUpdate.\n\nPossible enum values:\n - `"Recreate"` Kill all existing pods before creating new ones.\n - `"RollingUpdate"` Replace the old ReplicaSets by new one using rolling update i.e gradually scale down the old ReplicaSets and scale up the new one.',
      enum: ['Recreate', 'RollingUpdate'],
      type: 'string',
    });
    const port = core.components.schemas['io.k8s.api.core.v1.ContainerPort'] as Schema;
    expect(port.properties.protocol).toMatchObject({ default: 'TCP', enum: ['SCTP', 'TCP', 'UDP'] });
    expect(port.properties.containerPort).toMatchObject({ default: 0, format: 'int32' });
  });

  it('has the scale of what scales', () => {
    const path = '/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale';
    expect(apps.paths[path]?.get['x-kubernetes-group-version-kind'].kind).toBe('Scale');
    expect(apps.components.schemas['io.k8s.api.autoscaling.v1.Scale']).toBeDefined();
  });

  it.each(gvPaths)('%s: every reference leads somewhere', async (path) => {
    const json = (await openApi.document(path))?.json ?? '';
    const { schemas } = (JSON.parse(json) as Document).components;
    const missing = [...json.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].filter(([, name = '']) => !schemas[name]);
    expect(missing.map(([, name]) => name)).toEqual([]);
  });

  it('lets kubectl find every kind, and that its patches are validated by the server', async () => {
    for (const kind of KINDS) {
      const { paths, components } = await documentOf(`${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}`);
      const named = Object.values(components.schemas).filter((schema) =>
        schema['x-kubernetes-group-version-kind']?.some((gvk) => gvk.kind === kind.kind),
      );
      expect(named).toHaveLength(1);
      if (kind.verbs) continue;
      const patch = Object.values(paths)
        .map((path) => path.patch)
        .find((operation) => operation?.['x-kubernetes-group-version-kind'].kind === kind.kind);
      const parameters = patch?.parameters.map(({ name }) => name);
      expect(parameters).toEqual(expect.arrayContaining(['dryRun', 'fieldManager', 'fieldValidation', 'force']));
    }
  });
});

describe('kinds that come and go', () => {
  const widgets = defineKind({
    group: 'shop.example.com',
    version: 'v1',
    kind: 'Widget',
    resource: 'widgets',
    singular: 'widget',
    namespaced: true,
  });

  it('a custom kind has the schema that it was defined with, and no document once it is gone', async () => {
    const before = (await openApi.root()).hash;
    scheme.add([widgets]);
    const { components } = await documentOf('apis/shop.example.com/v1');
    const schema = components.schemas['com.example.shop.v1.Widget'] as Schema;
    expect(Object.keys(schema.properties).sort()).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
    expect(components.schemas['io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta']).toBeDefined();
    expect((await openApi.root()).hash).not.toBe(before);
    scheme.remove([widgets]);
    expect(await openApi.document('apis/shop.example.com/v1')).toBeUndefined();
    expect((await openApi.root()).hash).toBe(before);
  });
});

describe('/openapi/v3', () => {
  let url = '';
  beforeAll(async () => {
    const { body } = await get('/openapi/v3?timeout=32s');
    const { paths } = JSON.parse(String(body)) as { paths: Record<string, { serverRelativeURL: string }> };
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['api', 'api/v1', 'apis', 'apis/apps', 'version']));
    url = paths['apis/apps/v1']?.serverRelativeURL ?? '';
    expect(url).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]{128}$/);
  });

  it('a document whose hash is asked for may be kept for a year', async () => {
    const { status, headers } = await get(`${url}&timeout=32s`);
    const hash = url.slice(url.indexOf('=') + 1);
    expect(status).toBe(200);
    expect(headers).toEqual({
      'content-type': 'application/json',
      etag: `"${hash}"`,
      vary: 'Accept',
      'cache-control': 'public, immutable',
      expires: 'Fri, 01 Jan 2027 12:30:05 GMT',
    });
    expect(await get(url, { 'if-none-match': `"${hash}"` })).toMatchObject({ status: 304, body: '' });
  });

  it('without a hash it may change, and an old hash leads to the new one', async () => {
    const { status, headers } = await get('/openapi/v3/apis/apps/v1');
    expect({ status, kept: headers['cache-control'] }).toEqual({ status: 200, kept: undefined });
    expect(await get('/openapi/v3/apis/apps/v1?hash=OLD')).toMatchObject({ status: 301, headers: { location: url } });
  });

  it('JSON is all there is', async () => {
    const protobuf = 'application/com.github.proto-openapi.spec.v3@v1.0+protobuf';
    expect((await get(url, { accept: protobuf })).status).toBe(406);
    expect((await get(url, { accept: `${protobuf}, application/json` })).status).toBe(200);
    expect((await get(url, { accept: '*/*' })).status).toBe(200);
  });

  it('other paths are not found', async () => {
    expect((await get('/openapi/v3/apis/nothing/v1')).status).toBe(404);
  });
});
