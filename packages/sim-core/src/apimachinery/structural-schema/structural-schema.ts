import { type FieldError, invalid } from '../field-error.ts';
import type { StructType, Type } from '../schema/types.ts';
import { withDefaults } from './default.ts';
import { NO_FIELD } from './findings.ts';
import type { Json, JsonSchema } from './json-schema.ts';
import { duplicateItems } from './list-items.ts';
import { Patterns } from './patterns.ts';
import { type Pruned, prune } from './prune.ts';
import { brokenRules, RulePrograms } from './rules.ts';
import { structTypeOf } from './struct-type.ts';
import { validateValue } from './validate.ts';

/** Errors after which the rules are not even asked (customresource strategy, hasBlockingErr). */
const BLOCKING: readonly string[] = Object.freeze([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

const NOT_CHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';

/** The schema of one version of a custom kind: what its objects may hold (apiextensions-apiserver/pkg/apiserver/schema). */
export class StructuralSchema {
  /** As the definition has it. */
  readonly json: JsonSchema;
  readonly #patterns = new Patterns();
  readonly #programs = new RulePrograms();
  #type: StructType | undefined;

  constructor(json: JsonSchema) {
    this.json = json;
  }

  /** Takes off what the schema does not name. */
  prune(object: Json): Pruned {
    return prune(this.json, object);
  }

  /** Fills in what the schema gives; the same object where nothing was missing. */
  withDefaults<T>(object: T): T {
    return withDefaults(this.json, object);
  }

  /**
   * Everything that is wrong besides metadata.
   * @param old what is stored; undefined for a new object
   */
  validate(object: unknown, old?: unknown): FieldError[] {
    const errors = [
      ...validateValue(this.json, object, old, this.#patterns.forObject()),
      ...duplicateItems(this.json, object),
    ];
    if (errors.some(({ type }) => BLOCKING.includes(type))) return [...errors, invalid(NO_FIELD, null, NOT_CHECKED)];
    return [...errors, ...brokenRules(this.json, object, old, this.#programs)];
  }

  /** As server-side apply sees it. */
  type(objectMeta: Type): StructType {
    this.#type ??= structTypeOf(this.json, objectMeta);
    return this.#type;
  }
}
