import { isIP } from 'node:net';
import { parseDuration } from '../../apimachinery/duration.ts';
import { ControlError } from '../../run/control-error.ts';

/** Largest body that is read: a file of manifests may have 10 MB. */
export const LARGEST_BODY = '12mb';

/** The body of a request, read field by field; what is missing or of another type is a 400 that names the field. */
export class Input {
  readonly #body: Record<string, unknown>;

  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('send a JSON object');
    this.#body = body as Record<string, unknown>;
  }

  has(field: string): boolean {
    return this.#get(field) !== undefined;
  }

  text(field: string): string {
    const value = this.#get(field);
    if (typeof value !== 'string') throw bad(`${field}: expected a string, got ${describe(value)}`);
    return value;
  }

  optionalText(field: string, fallback: string): string {
    return this.has(field) ? this.text(field) : fallback;
  }

  flag(field: string): boolean {
    const value = this.#get(field) ?? false;
    if (typeof value !== 'boolean') throw bad(`${field}: expected true or false, got ${describe(value)}`);
    return value;
  }

  number(field: string, low: number, high: number): number {
    const value = this.#get(field);
    if (typeof value === 'number' && value >= low && value <= high) return value;
    throw bad(`${field}: expected a number from ${low} to ${high}, got ${describe(value)}`);
  }

  integer(field: string, low: number, high: number): number {
    const value = this.#get(field);
    if (Number.isInteger(value)) return this.number(field, low, high);
    throw bad(`${field}: expected a whole number from ${low} to ${high}, got ${describe(value)}`);
  }

  /** A duration such as `30s`, in milliseconds. */
  duration(field: string, longest: number): number {
    const value = this.#get(field);
    const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
    if (milliseconds === undefined)
      throw bad(`${field}: expected a duration such as 500ms, 30s or 1m30s, got ${describe(value)}`);
    if (milliseconds > longest) throw bad(`${field}: at most ${longest / 60_000}m at a time`);
    return milliseconds;
  }

  /** A list of strings. */
  texts(field: string, most: number): string[] {
    const value = this.#get(field);
    if (!Array.isArray(value) || value.some((each) => typeof each !== 'string'))
      throw bad(`${field}: expected a list of strings, got ${describe(value)}`);
    if (value.length > most) throw bad(`${field}: at most ${most} of them`);
    return value;
  }

  /** A list of objects. */
  list(field: string): Input[] {
    const value = this.#get(field);
    if (!Array.isArray(value)) throw bad(`${field}: expected a list, got ${describe(value)}`);
    return value.map((each) => new Input(each));
  }

  /** An IPv4 or IPv6 address. */
  address(field: string): string {
    const text = this.text(field);
    if (isIP(text) === 0) throw bad(`${field}: expected an IP address, got ${JSON.stringify(text)}`);
    return text;
  }

  /** Header names with their values. */
  headers(field: string): Record<string, string> {
    const value = this.#get(field) ?? {};
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw bad(`${field}: expected an object, got ${describe(value)}`);
    const entries = Object.entries(value);
    for (const [name, text] of entries) {
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw bad(`${field}: ${JSON.stringify(name)} is no header name`);
      if (typeof text !== 'string' || /[\r\n\0]/.test(text))
        throw bad(`${field}.${name}: expected a string on one line, got ${describe(text)}`);
    }
    // The host has a place of its own beside the URL's, whatever its case.
    return Object.fromEntries(entries.map(([name, text]) => [/^host$/i.test(name) ? 'host' : name, text]));
  }

  /** An http or https URL. */
  url(field: string): string {
    const text = this.text(field);
    const parsed = URL.canParse(text) ? new URL(text) : undefined;
    if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return text;
    throw bad(`${field}: expected a URL such as http://host/path, got ${JSON.stringify(text)}`);
  }

  #get(field: string): unknown {
    return Object.hasOwn(this.#body, field) ? (this.#body[field] ?? undefined) : undefined;
  }
}

/** @param low smallest and default: 1 to `high`. A number from a URL's query; 400 for anything else. */
export function queryNumber(value: unknown, fallback: number, high: number): number {
  if (value === undefined) return fallback;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= high) return number;
  throw bad(`expected a whole number from 1 to ${high}, got ${JSON.stringify(value)}`);
}

/** A text from a URL's query; undefined when it is not there. 400 for one that is there twice. */
export function queryText(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw bad(`expected one value, got ${JSON.stringify(value)}`);
}

function bad(message: string): ControlError {
  return new ControlError(400, message, 'BadRequest');
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value);
}
