import type { KubeObject } from '../../apimachinery/object-meta.ts';

/** Which object plays a role. */
export type Binding<T extends KubeObject = KubeObject> =
  | { readonly object: T }
  /** Nobody plays it, and why. */
  | { readonly missing: string }
  /** Several could, and nothing says which; each spelt as `Ingress shop/web`. */
  | { readonly ambiguous: readonly string[] };

/** The object, where one is bound. */
export function bound<T extends KubeObject>(binding: Binding<T>): T | undefined {
  return 'object' in binding ? binding.object : undefined;
}

/** The only one of several, or what stands against it. @param missing what is said where there is none */
export function only<T extends KubeObject>(candidates: readonly T[], missing: string): Binding<T> {
  const [first, ...more] = candidates;
  if (first === undefined) return { missing };
  return more.length === 0 ? { object: first } : { ambiguous: candidates.map(spellObject) };
}

/**
 * Narrows candidates by one preference after the other: one that only some of them meet leaves those, one that all or none
 * meet leaves all.
 */
export function narrow<T>(
  candidates: readonly T[],
  ...preferences: readonly ((candidate: T) => boolean)[]
): readonly T[] {
  let left = candidates;
  for (const preference of preferences) {
    const preferred = left.filter(preference);
    if (preferred.length > 0) left = preferred;
  }
  return left;
}

/** `Ingress shop/web`. */
export function spellObject({ kind, metadata }: KubeObject): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
