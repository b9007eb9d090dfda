import type { Kind } from '../../../apimachinery/kind.ts';
import type { Scheme } from '../../../apimachinery/scheme.ts';
import { storedKind } from '../../stored-version.ts';

const NONE: readonly Kind[] = Object.freeze([]);

/** Kinds by what the store keeps of them: most have one version only (k8s.io/apimachinery EquivalentResourceRegistry). */
export class Equivalents {
  readonly #scheme: Scheme;
  #byStored: Map<Kind, Kind[]> | undefined;

  constructor(scheme: Scheme) {
    this.#scheme = scheme;
    scheme.onChange(() => {
      this.#byStored = undefined;
    });
  }

  /** Other versions under which the objects of a kind are served. */
  of(kind: Kind): readonly Kind[] {
    this.#byStored ??= severalVersions(this.#scheme.kinds);
    return this.#byStored.get(storedKind(kind))?.filter((each) => each !== kind) ?? NONE;
  }
}

function severalVersions(kinds: readonly Kind[]): Map<Kind, Kind[]> {
  const all = new Map<Kind, Kind[]>();
  for (const kind of kinds) {
    const stored = storedKind(kind);
    all.set(stored, [...(all.get(stored) ?? []), kind]);
  }
  return new Map([...all].filter(([, versions]) => versions.length > 1));
}
