import { FIELDS_BY_PACKAGE } from '../../api/protobuf-fields/index.ts';
import type { StructType } from '../../apimachinery/schema/types.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const AGGREGATOR = 'io.k8s.kube-aggregator.pkg.apis.apiregistration.v1';
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

const PACKAGES: Readonly<Record<string, string>> = Object.freeze(
  Object.fromEntries(
    Object.entries(FIELDS_BY_PACKAGE).flatMap(([name, types]) =>
      Object.keys(types).map((type) => [type, name.replace(/^k8s\.io/, 'io.k8s')]),
    ),
  ),
);

/** Types that Go writes to JSON as a scalar, and that OpenAPI knows by name. */
export const SCALAR_NAMES: Readonly<Record<'time' | 'microTime' | 'intOrString' | 'quantity', string>> = Object.freeze({
  time: `${META}.Time`,
  microTime: `${META}.MicroTime`,
  intOrString: 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  quantity: 'io.k8s.apimachinery.pkg.api.resource.Quantity',
});

/** The name of a type of meta/v1. */
export function metaName(type: string): string {
  return `${META}.${type}`;
}

/** `Deployment` → `io.k8s.api.apps.v1.Deployment`. */
export function schemaName({ name, goName }: StructType): string {
  const fallback = /^(APIService|Apiregistration)/.test(name) ? AGGREGATOR : EXTENSIONS;
  return `${PACKAGES[name] ?? fallback}.${goName}`;
}

/** The name of a custom kind: its group reversed, version, kind. */
export function customSchemaName(kind: { group: string; version: string; kind: string }): string {
  return [...kind.group.split('.').reverse(), kind.version, kind.kind].join('.');
}

/** How one schema points to another. */
export function refTo(name: string): { readonly $ref: string } {
  return { $ref: `#/components/schemas/${name}` };
}
