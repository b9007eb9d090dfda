import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../../../test/support/shared.ts';
import { createApiClient } from '../testing/api-client.ts';

/* What a real kube-apiserver v1.33.3 says of itself: everything that we serve we describe as it does. */

const folder = sharedPath('conformance', 'api-samples');
const sample = (name: string) => JSON.parse(readFileSync(join(folder ?? '', name), 'utf8'));
const AGGREGATED = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json' };
/** Subresources of the real server that are not simulated (docs/deviations.md). */
const NOT_SERVED = ['nodes/proxy', 'pods/resize', 'certificatesigningrequests/approval'];

interface Resource {
  readonly resource: string;
  readonly subresources?: readonly { readonly subresource: string }[];
}

interface Group {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly { readonly version: string; readonly resources: readonly Resource[] }[];
}

const resourcesOf = (groups: readonly Group[]) =>
  new Map(
    groups.flatMap(({ metadata, versions }) =>
      versions.flatMap(({ version, resources }) =>
        resources.map((each) => [`${metadata.name ?? ''}/${version}/${each.resource}`, served(each)] as const),
      ),
    ),
  );

function served(resource: Resource): Resource {
  const subresources = resource.subresources?.filter(
    ({ subresource }) => !NOT_SERVED.includes(`${resource.resource}/${subresource}`),
  );
  return { ...resource, ...(subresources && { subresources }) };
}

describe.skipIf(folder === undefined).each([
  ['/api', 'api-aggregated.json'],
  ['/apis', 'apis-aggregated.json'],
])('%s', (path, file) => {
  test('each resource is described as a real server describes it', async () => {
    const { body, headers } = await createApiClient().ask('GET', path, undefined, AGGREGATED);
    expect(headers['content-type']).toBe('application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList');
    const real = resourcesOf(sample(file).items);
    const ours = [...resourcesOf(body.items)].filter(([name]) => real.has(name));
    expect(ours.length).toBeGreaterThan(5);
    for (const [name, resource] of ours) expect(resource, name).toEqual(real.get(name));
  });

  test('who knows it already hears so', async () => {
    const { ask } = createApiClient();
    const { headers } = await ask('GET', path, undefined, AGGREGATED);
    expect(headers.etag).toMatch(/^"[0-9A-F]{128}"$/);
    const again = await ask('GET', path, undefined, { ...AGGREGATED, 'if-none-match': headers.etag as string });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

test.skipIf(folder === undefined).each([
  ['/api/v1', 'api-v1.json'],
  ['/apis/apps/v1', 'apis-apps-v1.json'],
])('%s', async (path, file) => {
  const { body } = await createApiClient().ask('GET', path);
  const real = new Map<string, unknown>(sample(file).resources.map((each: { name: string }) => [each.name, each]));
  for (const each of body.resources) if (real.has(each.name)) expect(each).toEqual(real.get(each.name));
  expect({ ...body, resources: [] }).toEqual({ ...sample(file), resources: [] });
});

test.skipIf(folder === undefined)('the version', async () => {
  expect((await createApiClient().ask('GET', '/version')).body).toEqual(sample('version.json'));
});

test.skipIf(folder === undefined)('the groups of old', async () => {
  const { body } = await createApiClient().ask('GET', '/apis');
  const real = sample('apis-legacy.json').groups.map(({ name }: { name: string }) => name);
  const ours = body.groups.map(({ name }: { name: string }) => name);
  expect(ours.filter((name: string) => real.includes(name))).toEqual(
    real.filter((name: string) => ours.includes(name)),
  );
});
