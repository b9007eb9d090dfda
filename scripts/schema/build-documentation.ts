import { schemaModels, typeName } from './build-schema.ts';
import { hasModel, modelDescription, readModel } from './client-models.ts';
import { DEFAULTS } from './defaults.ts';
import { ENUMS } from './enums.ts';
import { GO_TYPE_OF } from './go-types.ts';
import { LINE_BREAKS, OLDER } from './line-breaks.ts';
import { type Comments, readOlderComments } from './older-comments.ts';
import { LATER_THAN_SERVER } from './overlay.ts';

/** A text, or its place among the texts that several have. */
type Text = string | number;

/** What OpenAPI says of types beyond their shape; see `packages/sim-core/src/apimachinery/schema/documentation.ts`. */
export interface DocumentationText {
  /** Texts that occur more than once. */
  readonly texts: readonly string[];
  /** By type and field; '' is the type itself. */
  readonly types: Readonly<Record<string, Readonly<Record<string, Text>>>>;
  /** By Go type: the values and what is said of each. */
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By `Type.field`. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

function withLineBreaks(text: string, path: string): string {
  const breaks = LINE_BREAKS[path] ?? [];
  const wrong = breaks.find((at) => text[at] !== ' ');
  if (wrong !== undefined) throw new Error(`line-breaks.ts: ${path} has no space at ${wrong}: "${text}"`);
  return breaks.reduce((broken, at) => `${broken.slice(0, at)}\n${broken.slice(at + 1)}`, text);
}

/** The older text where the client has none, or where it is the same with its line breaks. */
function chosen(text: string, older: string, path: string): string {
  if (text === '' || older.replace(/\n/g, ' ') === text || OLDER.includes(path)) return older === '' ? text : older;
  return withLineBreaks(text, path);
}

function typeTexts(model: string, older: Comments): readonly (readonly [string, string])[] {
  const name = typeName(model);
  const fields = readModel(model)
    .filter((property) => !LATER_THAN_SERVER.includes(`${name}.${property.name}`))
    .map((field) => [field.name, field.description, `${name}.${field.name}`] as const);
  const all = [['', modelDescription(model), name] as const, ...fields];
  return all
    .map(([field, text, path]) => [field, chosen(text, older.get(field) ?? '', path)] as const)
    .filter(([, text]) => text !== '');
}

/** Lists are not in the schema, because they all have one shape; what is said of them is here. */
function documentedModels(): string[] {
  return schemaModels().flatMap((model) => (hasModel(`${model}List`) ? [model, `${model}List`] : [model]));
}

function repeatedTexts(types: readonly (readonly (readonly [string, string])[])[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const [, text] of types.flat()) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].filter(([text, count]) => count > 1 && text.length > 4).map(([text]) => text);
}

/** What the tables speak of must exist, or they hide a typing error or a renamed field. */
function checkTables(): void {
  const models = documentedModels();
  const fields = models.flatMap((model) => readModel(model).map(({ name }) => `${typeName(model)}.${name}`));
  const known = new Set([...models.map(typeName), ...fields]);
  const goTypes = new Set(GO_TYPE_OF.values());
  const named = [...Object.keys(LINE_BREAKS), ...OLDER, ...Object.keys(DEFAULTS)];
  const stale = [
    ...named.filter((path) => !known.has(path)),
    ...Object.keys(ENUMS).filter((goType) => !goTypes.has(goType)),
  ];
  if (stale.length > 0) throw new Error(`tables of the documentation name what does not exist: ${stale.join(', ')}`);
}

/** Builds what OpenAPI says of our types from the client's comments and the tables beside this file. */
export function buildDocumentation(): DocumentationText {
  checkTables();
  const older = readOlderComments();
  const types = documentedModels().map((model) => [typeName(model), typeTexts(model, older(model))] as const);
  const texts = repeatedTexts(types.map(([, entries]) => entries));
  const places = new Map(texts.map((text, place) => [text, place]));
  const shortened = types.map(([name, entries]) => [
    name,
    Object.fromEntries(entries.map(([field, text]) => [field, places.get(text) ?? text])),
  ]);
  return { texts, types: Object.fromEntries(shortened), enums: ENUMS, defaults: DEFAULTS };
}
