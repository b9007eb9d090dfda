import { compareElements, type Path, type PathElement } from './path-element.ts';

/**
 * A set of fields as a tree (structured-merge-diff/fieldpath/set.go): `members` are the fields at this level that belong
 * to it, `children` lead to deeper ones. That a child leads deeper does not make it a member.
 */
export interface FieldSet {
  readonly members: ReadonlySet<PathElement>;
  readonly children: ReadonlyMap<PathElement, FieldSet>;
}

/** A set that is being filled. */
export interface FieldSetBuilder extends FieldSet {
  readonly members: Set<PathElement>;
  readonly children: Map<PathElement, FieldSetBuilder>;
}

export const EMPTY_SET: FieldSet = Object.freeze({ members: new Set<PathElement>(), children: new Map() });

export function newFieldSet(...paths: readonly Path[]): FieldSetBuilder {
  const set: FieldSetBuilder = { members: new Set(), children: new Map() };
  for (const path of paths) insert(set, path);
  return set;
}

/** Adds a field; those above it are not added, and nobody owns the whole object. */
export function insert(set: FieldSetBuilder, path: Path): void {
  let level = set;
  for (const [index, element] of path.entries()) {
    if (index === path.length - 1) level.members.add(element);
    else level = descend(level, element);
  }
}

function descend(set: FieldSetBuilder, element: PathElement): FieldSetBuilder {
  const known = set.children.get(element);
  if (known !== undefined) return known;
  const child = newFieldSet();
  set.children.set(element, child);
  return child;
}

export function isEmpty(set: FieldSet): boolean {
  if (set.members.size > 0) return false;
  for (const child of set.children.values()) if (!isEmpty(child)) return false;
  return true;
}

export function has(set: FieldSet, path: Path): boolean {
  let level: FieldSet | undefined = set;
  for (const element of path.slice(0, -1)) level = level?.children.get(element);
  const last = path.at(-1);
  return last !== undefined && level?.members.has(last) === true;
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  return isEmpty(difference(a, b)) && isEmpty(difference(b, a));
}

/** What is in either. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map(a.children);
  for (const [element, child] of b.children) {
    const other = children.get(element);
    children.set(element, other === undefined ? child : union(other, child));
  }
  return { members: new Set([...a.members, ...b.members]), children };
}

/** What is in both. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(
    a,
    (element) => b.members.has(element),
    (element, child) => intersection(child, b.children.get(element) ?? EMPTY_SET),
  );
}

/** What is in `a` and not in `b`; a parent in `b` does not take its children along. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(
    a,
    (element) => !b.members.has(element),
    (element, child) => difference(child, b.children.get(element) ?? EMPTY_SET),
  );
}

/** What is in `a` and neither in `b` nor below a field of `b`. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(
    a,
    (element) => !b.members.has(element),
    (element, child) =>
      b.members.has(element) ? EMPTY_SET : recursiveDifference(child, b.children.get(element) ?? EMPTY_SET),
  );
}

function combine(
  set: FieldSet,
  keeps: (element: PathElement) => boolean,
  reduce: (element: PathElement, child: FieldSet) => FieldSet,
): FieldSet {
  const children = new Map<PathElement, FieldSet>();
  for (const [element, child] of set.children) {
    const reduced = reduce(element, child);
    if (!isEmpty(reduced)) children.set(element, reduced);
  }
  return { members: new Set([...set.members].filter(keeps)), children };
}

/** Every field, in the API server's order: all of one level before those below it. */
export function pathsOf(set: FieldSet, prefix: Path = []): Path[] {
  const members = [...set.members].sort(compareElements).map((element) => [...prefix, element]);
  const children = [...set.children].sort(([a], [b]) => compareElements(a, b));
  return [...members, ...children.flatMap(([element, child]) => pathsOf(child, [...prefix, element]))];
}
