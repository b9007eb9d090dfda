import type { Field, PatchTags, ScalarName, Schema, StructType, Type } from './types.ts';

type FieldText = string | ({ readonly type: string } & PatchTags);
type TypeText = Readonly<Record<string, FieldText>>;

interface SchemaText {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeText>>;
}

/** What Go calls the scalars, where it is another word: the type that a custom decoder reads into is the one printed. */
const GO_SCALARS: Readonly<Record<ScalarName, string>> = Object.freeze({
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  double: 'float64',
  bytes: '[]uint8',
  time: 'string',
  microTime: 'string',
  intOrString: 'int32',
  quantity: 'resource.Quantity',
  any: 'interface {}',
});

class Struct implements StructType {
  readonly kind = 'struct';
  readonly name: string;
  readonly goName: string;
  readonly goType: string;
  readonly atomic: boolean;
  readonly #text: TypeText;
  readonly #types: Types;
  #fields: ReadonlyMap<string, Field> | undefined;

  constructor(name: string, text: TypeText, types: Types) {
    this.name = name;
    this.goType = typeof text.$go === 'string' ? text.$go : `v1.${name}`;
    this.goName = this.goType.slice(this.goType.indexOf('.') + 1);
    this.atomic = text.$atomic === 'true';
    this.#text = text;
    this.#types = types;
  }

  /** Built when first asked for: most types of the schema are never seen in a run. */
  get fields(): ReadonlyMap<string, Field> {
    this.#fields ??= new Map(
      Object.entries(this.#text)
        .filter(([name]) => !name.startsWith('$'))
        .map(([name, text]) => [name, this.#field(name, text)]),
    );
    return this.#fields;
  }

  #field(name: string, text: FieldText): Field {
    const { type: expression, ...tags } = typeof text === 'string' ? { type: text } : text;
    const required = expression.endsWith('!');
    const type = this.#types.parse(required ? expression.slice(0, -1) : expression);
    return { ...tags, name, type, required };
  }
}

class Types {
  readonly #texts: SchemaText['types'];
  readonly #parsed = new Map<string, Type>();

  constructor(texts: SchemaText['types']) {
    this.#texts = texts;
  }

  /** The type that an expression such as `[]Container` or `string:v1.Protocol` stands for; each is built once. */
  parse(expression: string): Type {
    const known = this.#parsed.get(expression);
    if (known) return known;
    const type = this.#build(expression);
    this.#parsed.set(expression, type);
    return type;
  }

  #build(expression: string): Type {
    if (expression.startsWith('[]')) {
      const items = this.parse(expression.slice(2));
      return { kind: 'list', items, goType: `[]${items.goType}` };
    }
    if (expression.startsWith('{}')) {
      const values = this.parse(expression.slice(2));
      return { kind: 'map', values, goType: mapGoType(values) };
    }
    const text = this.#texts[expression];
    if (text) return new Struct(expression, text, this);
    const [scalar = '', goType] = expression.split(':');
    if (!Object.hasOwn(GO_SCALARS, scalar)) throw new Error(`schema: unknown type ${expression}`);
    return { kind: 'scalar', scalar: scalar as ScalarName, goType: goType ?? GO_SCALARS[scalar as ScalarName] };
  }
}

function mapGoType(values: Type): string {
  return values.kind === 'scalar' && values.scalar === 'quantity' ? 'v1.ResourceList' : `map[string]${values.goType}`;
}

class LoadedSchema implements Schema {
  readonly #load: () => string;
  #text: SchemaText | undefined;
  #types: Types | undefined;

  constructor(load: () => string) {
    this.#load = load;
  }

  get kinds(): readonly string[] {
    return Object.keys(this.#loaded().kinds);
  }

  kind(apiVersion: string, kind: string): StructType | undefined {
    const { kinds, types } = this.#loaded();
    const key = `${apiVersion} ${kind}`;
    if (!Object.hasOwn(kinds, key)) return undefined;
    this.#types ??= new Types(types);
    const type = this.#types.parse(kinds[key] ?? '');
    return type.kind === 'struct' ? type : undefined;
  }

  #loaded(): SchemaText {
    this.#text ??= JSON.parse(this.#load()) as SchemaText;
    return this.#text;
  }
}

/**
 * A schema over the JSON text that `scripts/generate-schema.ts` writes. Nothing is parsed before the first question,
 * and types are built as they are met.
 */
export function createSchema(load: () => string): Schema {
  return new LoadedSchema(load);
}
