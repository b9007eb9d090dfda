/** What tables of tables have in common. */
interface Table<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** What stands under a key, made where nothing does. Nested tables count without building a key for each request. */
export function branch<K, V>(table: Table<K, V>, key: K, make: () => V): V {
  const found = table.get(key);
  if (found !== undefined) return found;
  const made = make();
  table.set(key, made);
  return made;
}

/** Makes an empty table for {@link branch}. */
export function newTable<K, V>(): Map<K, V> {
  return new Map();
}
