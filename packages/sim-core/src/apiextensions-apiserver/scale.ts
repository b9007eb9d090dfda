import type { CustomResourceDefinitionVersion } from '../api/apiextensions-v1/custom-resource-definition.ts';
import { type FieldError, invalid } from '../apimachinery/field-error.ts';
import type { ScaleAccess } from '../apimachinery/kind.ts';
import type { KubeObject } from '../apimachinery/object-meta.ts';
import { isObject, type Json } from '../apimachinery/structural-schema/json-schema.ts';

type Scale = NonNullable<NonNullable<CustomResourceDefinitionVersion['subresources']>['scale']>;

/** The scale subresource by the paths of a definition (apiextensions-apiserver/pkg/registry/customresource/etcd.go). */
export function scaleOf({
  specReplicasPath,
  statusReplicasPath,
  labelSelectorPath = '',
}: Scale): ScaleAccess<KubeObject> {
  const number = (object: KubeObject, path: string) => {
    const value = at(object, steps(path));
    return typeof value === 'number' ? value : 0;
  };
  return {
    replicas: (object) => number(object, specReplicasPath),
    withReplicas: (object, replicas) => put(object, steps(specReplicasPath), replicas) as unknown as KubeObject,
    currentReplicas: (object) => number(object, statusReplicasPath),
    selector: (object) => {
      const value = labelSelectorPath === '' ? '' : at(object, steps(labelSelectorPath));
      return typeof value === 'string' ? value : '';
    },
  };
}

/** ValidateScaleSpec, ValidateScaleStatus */
export function validateScale({ specReplicasPath, statusReplicasPath }: Scale, object: KubeObject): FieldError[] {
  return [specReplicasPath, statusReplicasPath].flatMap((path) => {
    const value = at(object, steps(path));
    return typeof value === 'number' && value < 0
      ? [invalid(path.slice(1), value, 'should be a non-negative integer')]
      : [];
  });
}

function steps(path: string): string[] {
  return path.split('.').slice(1);
}

function at(object: unknown, path: readonly string[]): unknown {
  return path.reduce((value: unknown, name) => (isObject(value) ? value[name] : undefined), object);
}

function put(object: unknown, path: readonly string[], value: unknown): Json {
  const [name = '', ...rest] = path;
  const members = isObject(object) ? object : {};
  return { ...members, [name]: rest.length === 0 ? value : put(members[name], rest, value) };
}
