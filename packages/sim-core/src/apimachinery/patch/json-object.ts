/** A JSON object that is only read. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for JSON objects, false for lists, null and scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
