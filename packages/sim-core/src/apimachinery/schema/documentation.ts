/** What OpenAPI says of types beyond their shape. */
export interface Documentation {
  /** What a type is for; '' where nothing is said. */
  type(type: string): string;
  /** What a field is for; '' where nothing is said. */
  field(type: string, field: string): string;
  /** The values of a Go string type (`v1.Protocol`) and what is said of each; undefined when any text will do. */
  values(goType: string): Readonly<Record<string, string>> | undefined;
  /** The default that the Go type declares; undefined without one. */
  default(type: string, field: string): unknown;
}

interface DocumentationText {
  readonly texts: readonly string[];
  readonly types: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  readonly enums: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Documentation over the JSON text that `scripts/generate-schema.ts` writes. */
export function createDocumentation(json: string): Documentation {
  const { texts, types, enums, defaults } = JSON.parse(json) as DocumentationText;
  const textOf = (type: string, field: string): string => {
    const text = own(own(types, type), field) ?? '';
    return typeof text === 'number' ? (texts[text] ?? '') : text;
  };
  return {
    type: (type) => textOf(type, ''),
    field: textOf,
    values: (goType) => own(enums, goType),
    default: (type, field) => own(defaults, `${type}.${field}`),
  };
}
