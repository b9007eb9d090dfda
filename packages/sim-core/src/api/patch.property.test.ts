import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../apimachinery/patch/json-object.ts';
import { threeWayMerge } from '../apimachinery/patch/three-way-merge.ts';
import { decodeStrict } from '../apimachinery/schema/decode-strict.ts';
import { createSchema } from '../apimachinery/schema/schema.ts';
import { SCHEMA_JSON } from './schema.generated.ts';

const schema = createSchema(() => SCHEMA_JSON);
const deployment = schema.kind('apps/v1', 'Deployment');
const scalar = fc.constantFrom('1', '2', '3');
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'c'), scalar);
const optional = { requiredKeys: [] };

function listBy<T extends JsonObject>(key: keyof T & string, item: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.uniqueArray(item, { selector: (each) => each[key], maxLength: 4 });
}

const name = fc.constantFrom('w', 'x', 'y', 'z');
const env = listBy('name', fc.record({ name, value: scalar }));
const port = fc.record(
  { containerPort: fc.constantFrom(80, 443, 8080), name: scalar, protocol: fc.constantFrom('TCP', 'UDP') },
  { requiredKeys: ['containerPort'] },
);
const container = fc.record(
  { name, image: scalar, args: fc.array(scalar, { maxLength: 3 }), env, ports: listBy('containerPort', port) },
  { requiredKeys: ['name', 'image'] },
);
const source: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.constant({ emptyDir: {} }),
  scalar.map((value) => ({ configMap: { name: value } })),
  scalar.map((value) => ({ secret: { secretName: value } })),
);
const volume = fc.tuple(name, source).map(([volumeName, from]): JsonObject => ({ name: volumeName, ...from }));
const strategy = fc.oneof(
  fc.constant({ type: 'Recreate' }),
  fc
    .record({ maxSurge: fc.integer({ min: 0, max: 2 }) })
    .map((rollingUpdate) => ({ type: 'RollingUpdate', rollingUpdate })),
);
const podSpec = fc.record(
  { containers: listBy('name', container), volumes: listBy('name', volume), nodeSelector: labels },
  { requiredKeys: ['containers'] },
);
const template = fc.record({ metadata: fc.record({ labels }, optional), spec: podSpec });
const manifest: fc.Arbitrary<JsonObject> = fc.record({
  apiVersion: fc.constant('apps/v1'),
  kind: fc.constant('Deployment'),
  metadata: fc.record({ labels, annotations: labels, finalizers: fc.uniqueArray(scalar) }, optional),
  spec: fc.record(
    { replicas: fc.integer({ min: 0, max: 3 }), paused: fc.boolean(), strategy, template },
    { requiredKeys: ['template'] },
  ),
});

/** What a mutating webhook or another controller adds to an object, in places that no manifest here speaks of. */
function withOthers(object: JsonObject): JsonObject {
  const spec = object.spec as { template: { spec: { containers: JsonObject[] } } };
  const pod = spec.template.spec;
  const containers = pod.containers.map((each) => ({ ...each, imagePullPolicy: 'Always' }));
  const sidecar = { name: 'sidecar', image: 'proxy' };
  return {
    ...object,
    spec: {
      ...spec,
      template: { ...spec.template, spec: { ...pod, containers: [...containers, sidecar], hostNetwork: true } },
    },
    status: { replicas: 1 },
  };
}

interface Containers {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: readonly JsonObject[]; readonly hostNetwork?: boolean };
    };
  };
  readonly status: unknown;
}

describe.each([
  ['strategic', deployment],
  ['JSON', undefined],
])('three-way merge, %s', (_, type) => {
  it('turns any object into any other', () => {
    fc.assert(
      fc.property(manifest, manifest, (from, to) => {
        expect(threeWayMerge(type, from, from, to).merged).toEqual(to);
      }),
      { numRuns: 500 },
    );
  });

  it('sends nothing when nothing changed', () => {
    fc.assert(
      fc.property(manifest, (object) => {
        expect(threeWayMerge(type, object, object, object).patch).toEqual({});
      }),
    );
  });

  it('changes nothing when applied twice, whatever was there before', () => {
    fc.assert(
      fc.property(manifest, manifest, manifest, (last, live, next) => {
        const once = threeWayMerge(type, last, live, next).merged;
        expect(threeWayMerge(type, next, once, next).merged).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what the manifest does not speak of', () => {
    fc.assert(
      fc.property(manifest, manifest, (last, next) => {
        const { merged } = threeWayMerge(type, last, { ...last, status: { replicas: 1 } }, next);
        expect(merged).toEqual({ ...next, status: { replicas: 1 } });
      }),
    );
  });
});

describe('strategic three-way merge', () => {
  it('keeps fields and list items that others added', () => {
    fc.assert(
      fc.property(manifest, manifest, (last, next) => {
        const merged = threeWayMerge(deployment, last, withOthers(last), next).merged as unknown as Containers;
        const { containers, hostNetwork } = merged.spec.template.spec;
        expect(hostNetwork).toBe(true);
        expect(merged.status).toEqual({ replicas: 1 });
        expect(containers).toContainEqual({ name: 'sidecar', image: 'proxy' });
        const wanted = (next as unknown as Containers).spec.template.spec.containers;
        expect(containers.map((each) => each.name).filter((each) => each !== 'sidecar')).toEqual(
          wanted.map((each) => each.name),
        );
      }),
    );
  });

  it('yields objects that decode', () => {
    fc.assert(
      fc.property(manifest, manifest, (last, next) => {
        const { merged } = threeWayMerge(deployment, last, withOthers(last), next);
        expect(decodeStrict(schema, 'apps/v1', 'Deployment', merged).errors).toEqual([]);
      }),
    );
  });
});
