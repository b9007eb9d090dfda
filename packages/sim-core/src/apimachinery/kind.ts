import type { FieldError } from './field-error.ts';
import type { KubeObject } from './object-meta.ts';
import type { StructuralSchema } from './structural-schema/structural-schema.ts';

/** One column of `kubectl get`: priority 0 is always shown, 1 with `-o wide`. */
export interface PrinterColumn<T> {
  readonly name: string;
  readonly priority?: 0 | 1;
  /** OpenAPI type of its cells; absent: string. */
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  readonly description?: string;
  /** @param now cluster time in milliseconds, for ages */
  cell(object: T, now: number): string | number | boolean | null;
}

/** How autoscaling/v1 Scale reads and writes an object: the scale subresource. */
export interface ScaleAccess<T> {
  /** spec.replicas */
  replicas(object: T): number;
  /** The object with that many; a new object, nothing of the old one is changed. */
  withReplicas(object: T, replicas: number): T;
  /** status.replicas */
  currentReplicas(object: T): number;
  /** status.selector, as `app=web,tier in (a,b)`; '' for none. */
  selector(object: T): string;
}

/** Reads one field as a selector compares it. Declared as a method, so that kinds of every type fit into one table. */
export type FieldGetter<T> = { get(object: T): string }['get'];

/** For a kind whose objects another kind stores: how they read in this version (autoscaling/v1 beside v2, events.k8s.io/v1 beside v1). */
export interface StoredAs<T extends KubeObject> {
  readonly kind: Kind;
  fromStored(stored: KubeObject): T;
  toStored(object: T): KubeObject;
}

/** What a kind tells the API server of itself: one file in `api/` a kind, all of this shape. */
export interface Kind<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural, lower case: the name in URLs. */
  readonly resource: string;
  readonly singular: string;
  /** Kind of its lists; absent: the kind with `List` behind it. */
  readonly listKind?: string;
  /** What every request for it is warned of (prerelease-lifecycle-gen, `deprecation.WarningMessage`). */
  readonly deprecation?: string;
  /** Whether a CustomResourceDefinition has made it. */
  readonly isCustom?: boolean;
  /** What objects of a custom kind may hold. */
  readonly structural?: StructuralSchema;
  /** Whether an update has to say which resourceVersion it replaces (AllowUnconditionalUpdate is false). */
  readonly needsResourceVersion?: boolean;
  readonly shortNames?: readonly string[];
  /** Words such as `all` that stand for several resources (discovery's categories). */
  readonly categories?: readonly string[];
  readonly namespaced: boolean;
  /** Whether status is a subresource: then a write of the object ignores it. */
  readonly hasStatus?: boolean;
  /** The verbs that it knows; absent: all of a stored kind. Reviews only know `create`. */
  readonly verbs?: readonly string[];
  /** Set when another kind keeps the objects. */
  readonly stored?: StoredAs<T>;
  /** Set when it has the scale subresource. */
  readonly scale?: ScaleAccess<T>;
  /** Fields that `--field-selector` may name beyond metadata.name and metadata.namespace (registry strategy, GetAttrs). */
  readonly selectableFields?: Readonly<Record<string, FieldGetter<T>>>;
  /** What is wrong with a name; absent: names are DNS subdomains (the name function of ValidateObjectMeta). */
  validateName?(name: string): string[];
  /** The part whose changes metadata.generation counts; absent: the kind has no generation. */
  generationOf?(object: T): unknown;
  /** Fills in what the API server fills in, on a private copy (pkg/apis/<group>/<version>/defaults.go). */
  setDefaults?(object: T): void;
  /** Clears or sets what a creation does before validation (registry strategy PrepareForCreate). */
  prepareForCreate?(object: T): void;
  /** As prepareForCreate, for updates; `old` is what is stored (PrepareForUpdate). */
  prepareForUpdate?(object: T, old: T): void;
  /** Everything that is wrong besides metadata, in the API server's order (pkg/apis/<group>/validation). */
  validate?(object: T): FieldError[];
  /** What only a creation is asked beyond `validate`. */
  validateCreate?(object: T): FieldError[];
  /** What an update may not change; runs after `validate`. */
  validateUpdate?(object: T, old: T): FieldError[];
  /** What a write of status may not say. */
  validateStatusUpdate?(object: T, old: T): FieldError[];
  /** Whether upstream speaks of what an update may not change before it says what else is wrong. */
  readonly updateIsCheckedFirst?: boolean;
  /** What the API server warns of without refusing it (registry strategy WarningsOnCreate, WarningsOnUpdate with `old`). */
  warnings?(object: T, old?: T): string[];
  /** Columns of `kubectl get`; absent: NAME and AGE. */
  readonly columns?: readonly PrinterColumn<T>[];
}

/** Declares a kind; exists so that every declaration is checked against its type. */
export function defineKind<T extends KubeObject>(kind: Kind<T>): Kind<T> {
  return Object.freeze(kind);
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(kind: { group: string; version: string }): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}

/** `deployments.apps`, or `services` for the core group (schema.GroupResource.String). */
export function groupResource(kind: { group: string; resource: string }): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}

/** Whether the store keeps objects under this kind itself: not a further version of another one, not worked out when asked for. */
export function isStored({ stored, verbs }: Pick<Kind, 'stored' | 'verbs'>): boolean {
  return stored === undefined && verbs === undefined;
}
