/** The scalar types; `any` is JSON that nobody looks into. */
export type ScalarName =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'double'
  | 'bytes'
  | 'time'
  | 'microTime'
  | 'intOrString'
  | 'quantity'
  | 'any';

/** A scalar; `goType` is the name that the API server prints for it (`int32`, `v1.Protocol`). */
export interface ScalarType {
  readonly kind: 'scalar';
  readonly scalar: ScalarName;
  readonly goType: string;
}

/** A list, `[]v1.Container`. */
export interface ListType {
  readonly kind: 'list';
  readonly items: Type;
  readonly goType: string;
}

/** A map from any string, `map[string]string`. */
export interface MapType {
  readonly kind: 'map';
  readonly values: Type;
  readonly goType: string;
}

/** An object with known fields, `v1.Container`; `goName` is the name without its package. */
export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  readonly goName: string;
  readonly goType: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** Server-side apply sees it as one value. */
  readonly atomic: boolean;
  /** Its objects are held as JSON, as those of custom kinds are: nothing is in a new one. */
  readonly isUnstructured?: boolean;
}

/** Any type of the schema. */
export type Type = ScalarType | ListType | MapType | StructType;

/** How patches treat a field: the patchStrategy, patchMergeKey and listMapKey tags of the Go types. */
export interface PatchTags {
  /** Strategic merge of a list of objects by this key. */
  readonly mergeKey?: string;
  /** Strategic merge of a list of scalars. */
  readonly mergeSet?: boolean;
  /** A patch names the keys that stay; the others go. */
  readonly retainKeys?: boolean;
  /** The whole object is replaced, never merged. */
  readonly replace?: boolean;
  /** The keys of server-side apply. */
  readonly listMapKeys?: readonly string[];
  /** Server-side apply sees the items of the list as a set. A list with neither this, mergeSet nor keys is one value. */
  readonly set?: boolean;
  /** Whether server-side apply sees the map or object as one value; absent: as its type says. */
  readonly atomic?: boolean;
}

/** A field of a {@link StructType}. `required` as OpenAPI says it: decoding does not care, validation may. */
export interface Field extends PatchTags {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
}

/** Finds the types of kinds. */
export interface Schema {
  /** The type of a kind, or undefined for kinds that the schema does not know. */
  kind(apiVersion: string, kind: string): StructType | undefined;
  /** Every known kind as `apiVersion kind`. */
  readonly kinds: readonly string[];
}
