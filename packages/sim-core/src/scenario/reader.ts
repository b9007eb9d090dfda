import { parseDuration } from '../apimachinery/duration.ts';
import { nearest } from '../manifest/nearest.ts';

/** Something wrong at a field of one of our own documents. */
export interface FieldProblem {
  /** Path in Kubernetes notation, `spec.cloud.delay`. */
  field: string;
  message: string;
}

/**
 * Reads a plain JSON value field by field with its path: what is missing gets its default, what is wrong is reported
 * and gets its default too. Exists so that our own documents name every mistake at its place in one pass.
 */
export class Reader {
  readonly #value: Record<string, unknown>;
  readonly #path: string;
  readonly #problems: FieldProblem[];

  constructor(value: unknown, path: string, problems: FieldProblem[]) {
    this.#path = path;
    this.#problems = problems;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#value = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject && value !== undefined && value !== null)
      this.#complain('', `expected a mapping, got ${describe(value)}`);
  }

  has(field: string): boolean {
    return Object.hasOwn(this.#value, field) && this.#value[field] !== null && this.#value[field] !== undefined;
  }

  /** Complains about every field that is not in the list. */
  known(fields: readonly string[]): void {
    for (const field of Object.keys(this.#value)) {
      if (fields.includes(field)) continue;
      const meant = nearest(field, fields);
      const question = meant === undefined ? '' : `, did you mean ${meant}?`;
      this.#complain(field, `unknown field${question || ';'} known here: ${fields.join(', ')}`);
    }
  }

  /** Complains about every field of the list that is not there. */
  needs(fields: readonly string[]): void {
    for (const field of fields) if (!this.has(field)) this.#complain(field, 'missing');
  }

  /**
   * Complains about what somebody else has judged.
   * @param field '' for the mapping itself
   * @param below a path inside the field, in Kubernetes' notation
   */
  complain(field: string, message: string, below = ''): void {
    const dot = below === '' || below.startsWith('[') ? '' : '.';
    this.#problems.push({ field: `${this.#join(field)}${dot}${below}`, message });
  }

  /** Names of the fields that are there, in their order. */
  get fields(): string[] {
    return Object.keys(this.#value);
  }

  /** A value of any shape, which somebody else judges; undefined where there is none. */
  anything(field: string): unknown {
    return this.#get(field);
  }

  object(field: string): Reader {
    return new Reader(this.#get(field), this.#join(field), this.#problems);
  }

  objects(field: string): Reader[] {
    return this.#list(field).map((item, index) => new Reader(item, `${this.#join(field)}[${index}]`, this.#problems));
  }

  text(field: string, fallback: string): string {
    return this.textThat(field, fallback, 'a string', () => true);
  }

  /** A string that is accepted; `expected` says what that is. */
  textThat(field: string, fallback: string, expected: string, accept: (text: string) => boolean): string {
    return this.#read(field, fallback, expected, (value) =>
      typeof value === 'string' && accept(value) ? value : undefined,
    );
  }

  /** A string or a number, as a string. */
  scalar(field: string, fallback: string): string {
    return this.#read(field, fallback, 'a string or a number', (value) =>
      typeof value === 'string' || typeof value === 'number' ? String(value) : undefined,
    );
  }

  flag(field: string, fallback: boolean): boolean {
    return this.#read(field, fallback, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  number(field: string, fallback: number, low: number, high: number): number {
    return this.#read(field, fallback, `a number from ${low} to ${high}`, (value) => inRange(value, low, high));
  }

  integer(field: string, fallback: number, low: number, high: number): number {
    return this.#read(field, fallback, `a whole number from ${low} to ${high}`, (value) =>
      Number.isInteger(value) ? inRange(value, low, high) : undefined,
    );
  }

  /** A duration such as `3s`, in milliseconds. */
  duration(field: string, fallback: number): number {
    return this.#read(field, fallback, 'a duration such as 500ms, 3s or 1m30s', (value) =>
      typeof value === 'string' || typeof value === 'number' ? parseDuration(value) : undefined,
    );
  }

  oneOf<T extends string>(field: string, allowed: readonly T[], fallback: T): T {
    return this.#read(field, fallback, `one of ${allowed.join(', ')}`, (value) =>
      allowed.find((each) => each === value),
    );
  }

  oneOfEach<T extends string>(field: string, allowed: readonly T[]): T[] {
    return this.#each(field, `one of ${allowed.join(', ')}`, (item) => allowed.find((each) => each === item));
  }

  texts(field: string): string[] {
    return this.#each(field, 'a string', (item) => (typeof item === 'string' ? item : undefined));
  }

  integers(field: string, low: number, high: number): number[] {
    return this.#each(field, `a whole number from ${low} to ${high}`, (item) =>
      Number.isInteger(item) ? inRange(item, low, high) : undefined,
    );
  }

  record(field: string): Record<string, string> {
    return this.recordOf(field, 'a key', () => true);
  }

  /** A mapping of strings whose keys are accepted; `expected` says what they are. */
  recordOf(field: string, expected: string, accept: (key: string) => boolean): Record<string, string> {
    const inner = this.object(field);
    const keys = Object.keys(inner.#value).filter((key) => {
      if (!accept(key)) inner.#complain(key, `expected ${expected}, got ${describe(key)}`);
      return accept(key);
    });
    return Object.fromEntries(keys.map((key) => [key, inner.scalar(key, '')]));
  }

  integerRecord(field: string, low: number, high: number): Record<string, number> {
    const inner = this.object(field);
    return Object.fromEntries(Object.keys(inner.#value).map((key) => [key, inner.integer(key, low, low, high)]));
  }

  #each<T>(field: string, expected: string, take: (item: unknown) => T | undefined): T[] {
    const taken: T[] = [];
    for (const [index, item] of this.#list(field).entries()) {
      const value = take(item);
      if (value === undefined) this.#complain(`${field}[${index}]`, `expected ${expected}, got ${describe(item)}`);
      else taken.push(value);
    }
    return taken;
  }

  #list(field: string): unknown[] {
    return this.#read<unknown[]>(field, [], 'a list', (value) => (Array.isArray(value) ? value : undefined));
  }

  #read<T>(field: string, fallback: T, expected: string, take: (value: unknown) => T | undefined): T {
    if (!this.has(field)) return fallback;
    const taken = take(this.#get(field));
    if (taken === undefined) this.#complain(field, `expected ${expected}, got ${describe(this.#get(field))}`);
    return taken ?? fallback;
  }

  #get(field: string): unknown {
    return Object.hasOwn(this.#value, field) ? this.#value[field] : undefined;
  }

  #join(field: string): string {
    if (field === '') return this.#path;
    const isPlain = /^[A-Za-z_$][\w$-]*(\[\d+\])?$/.test(field);
    if (!isPlain) return `${this.#path}[${field}]`;
    return this.#path === '' ? field : `${this.#path}.${field}`;
  }

  #complain(field: string, message: string): void {
    this.#problems.push({ field: this.#join(field), message });
  }
}

function inRange(value: unknown, low: number, high: number): number | undefined {
  return typeof value === 'number' && value >= low && value <= high ? value : undefined;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return JSON.stringify(value) ?? String(value);
}
