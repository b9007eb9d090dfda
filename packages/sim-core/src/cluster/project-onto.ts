/** A mapping of plain JSON. */
export type Tree = Readonly<Record<string, unknown>>;

/** Entries of lists that admission adds to pods. */
const ADDED = /^(kube-api-access-|node\.kubernetes\.io\/(not-ready|unreachable)$)/;

/**
 * The fields of a manifest, in its order, with the values that they have in an object now. What the manifest does not
 * mention is left out; what the object no longer has as well.
 */
export function projectOnto(object: Tree, manifest: Tree): Tree {
  const entries = Object.entries(manifest).flatMap(([key, written]) =>
    Object.hasOwn(object, key) ? [[key, projectValue(object[key], written)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function projectValue(value: unknown, written: unknown): unknown {
  if (isTree(value) && isTree(written)) return projectOnto(value, written);
  if (Array.isArray(value) && Array.isArray(written)) return projectList(value, written);
  return value;
}

/** Entries belong together by their name where they have one, else by their place. */
function projectList(values: readonly unknown[], written: readonly unknown[]): unknown[] {
  const isNamed = [...values, ...written].every((each) => nameOf(each) !== undefined);
  return values.flatMap((value, index) => {
    const counterpart = isNamed ? written.find((each) => nameOf(each) === nameOf(value)) : written[index];
    if (counterpart !== undefined) return [projectValue(value, counterpart)];
    return ADDED.test(nameOf(value) ?? keyOf(value)) ? [] : [value];
  });
}

function nameOf(value: unknown): string | undefined {
  const name = isTree(value) ? value['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}

function keyOf(value: unknown): string {
  return isTree(value) ? String(value['key'] ?? '') : '';
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
