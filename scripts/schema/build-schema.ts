import { type ModelProperty, readModel } from './client-models.ts';
import { GO_TYPE_OF } from './go-types.ts';
import { ATOMIC, KEEP_VERSION, KINDS, LATER_THAN_SERVER, PATCH, type PatchTags, QUANTITIES } from './overlay.ts';

/** A field: its type expression (`!` = required), alone or with what patches must know. */
export type FieldText = string | ({ readonly type: string } & PatchTags);

/** One type: its fields by name; `$go` only where the Go type is not `v1.<name>`, `$atomic` where patches see one value. */
export type TypeText = Readonly<Record<string, FieldText>>;

/** The schema as it is written down, see `packages/sim-core/src/apimachinery/schema/schema.ts`. */
export interface SchemaText {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeText>>;
}

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['boolean', 'bool'],
  ['Date', 'time'],
  ['V1MicroTime', 'microTime'],
  ['IntOrString', 'intOrString'],
  ['any', 'any'],
  ['object', 'any'],
]);

const FORMATS: ReadonlyMap<string, string> = new Map([
  ['byte', 'bytes'],
  ['int32', 'int32'],
  ['int64', 'int64'],
  ['double', 'double'],
]);

/** `V1Container` → `Container`, `V2MetricSpec` → `MetricSpec`, `CoreV1EndpointPort` stays. */
export function typeName(model: string): string {
  return KEEP_VERSION.includes(model) ? model : model.replace(/^V\d/, '');
}

function goName(model: string): string | undefined {
  const [, version = '1', bare = model] = /^(?:[A-Z][a-z]+)?V(\d)(\w+)$/.exec(model) ?? [];
  const go = `v${version}.${bare}`;
  return go === `v1.${typeName(model)}` ? undefined : go;
}

function typeExpression(type: string, format: string, path: string): string {
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list) return `[]${typeExpression(list, format, path)}`;
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map) return `{}${typeExpression(map, format, path)}`;
  if (QUANTITIES.includes(path)) return 'quantity';
  if (type === 'string' && GO_TYPE_OF.has(path)) return `string:${GO_TYPE_OF.get(path)}`;
  const scalar = FORMATS.get(format) ?? SCALARS.get(type);
  if (scalar) return scalar;
  if (!/^\w*V\d\w+$/.test(type)) throw new Error(`${path}: type ${type} (format "${format}") is unknown`);
  return typeName(type);
}

function fieldText(property: ModelProperty, path: string): FieldText {
  const type = typeExpression(property.type, property.format, path) + (property.required ? '!' : '');
  const tags = PATCH[path];
  return tags ? { type, ...tags } : type;
}

function typeText(model: string): TypeText {
  const go = goName(model);
  const fields = readModel(model)
    .map((property) => [property, `${typeName(model)}.${property.name}`] as const)
    .filter(([, path]) => !LATER_THAN_SERVER.includes(path))
    .map(([property, path]) => [property.name, fieldText(property, path)] as const);
  const atomic = ATOMIC.includes(typeName(model));
  return { ...(go && { $go: go }), ...(atomic && { $atomic: 'true' }), ...Object.fromEntries(fields) };
}

function referencedModels(model: string): string[] {
  return readModel(model)
    .filter(({ name }) => !LATER_THAN_SERVER.includes(`${typeName(model)}.${name}`))
    .flatMap(({ type }) => [...type.matchAll(/\w*V\d\w+/g)].map(([name]) => name))
    .filter((name) => !SCALARS.has(name));
}

function reachableModels(roots: readonly string[]): string[] {
  const seen = new Set(roots);
  for (const model of seen) for (const next of referencedModels(model)) seen.add(next);
  return [...seen].sort((a, b) => (typeName(a) < typeName(b) ? -1 : 1));
}

/** What the overlay speaks of must exist, or it hides a typing error or a renamed field. */
function checkOverlay(types: SchemaText['types']): void {
  const paths = new Set(Object.entries(types).flatMap(([name, type]) => Object.keys(type).map((f) => `${name}.${f}`)));
  const stale = [...Object.keys(PATCH), ...QUANTITIES, ...GO_TYPE_OF.keys()].filter((path) => !paths.has(path));
  stale.push(...ATOMIC.filter((name) => types[name] === undefined));
  if (stale.length > 0) throw new Error(`the overlay names fields that do not exist: ${stale.join(', ')}`);
}

function modelsOfKinds(): { readonly model: string; readonly key: string }[] {
  return Object.entries(KINDS).flatMap(([apiVersion, models]) =>
    models.map((model) => ({ model, key: `${apiVersion} ${goKind(model)}` })),
  );
}

/** The client's classes that the schema is made of: those of the kinds and what they lead to. */
export function schemaModels(): string[] {
  return reachableModels(modelsOfKinds().map(({ model }) => model));
}

/** Builds the schema of our kinds from the client's classes and the overlay. Throws when they do not fit together. */
export function buildSchema(): SchemaText {
  const roots = modelsOfKinds();
  const models = schemaModels();
  const types = Object.fromEntries(models.map((model) => [typeName(model), typeText(model)]));
  if (Object.keys(types).length !== models.length) throw new Error('two models share a short name');
  checkOverlay(types);
  return { kinds: Object.fromEntries(roots.map(({ key, model }) => [key, typeName(model)])), types };
}

function goKind(model: string): string {
  return model.replace(/^(?:[A-Z][a-z]+)?V\d/, '');
}
