import { apiVersionOf, groupResource, type Kind } from './kind.ts';

/**
 * The kinds that an API server knows now: those that it was built with, and custom ones while their definition is there
 * (runtime.Scheme together with the RESTMapper).
 */
export class Scheme {
  readonly #kinds: Kind[] = [];
  readonly #byType = new Map<string, Kind>();
  readonly #byPath = new Map<string, Kind>();
  readonly #byWord = new Map<string, Kind>();
  readonly #watchers = new Set<(kinds: readonly Kind[]) => void>();

  constructor(kinds: readonly Kind[]) {
    this.add(kinds);
  }

  /** Every kind, in the order in which they came. */
  get kinds(): readonly Kind[] {
    return this.#kinds;
  }

  /** The kind of a manifest (`apps/v1`, `Deployment`), exactly as written. */
  kind(apiVersion: string, kind: string): Kind | undefined {
    return this.#byType.get(`${apiVersion} ${kind}`);
  }

  /** The kind behind a URL: `apps`, `v1`, `deployments`. */
  resource(group: string, version: string, resource: string): Kind | undefined {
    return this.#byPath.get(`${group}/${version}/${resource}`);
  }

  /** The kind that `kubectl get <word>` means: plural, singular, short name, each with or without its group. */
  word(word: string): Kind | undefined {
    return this.#byWord.get(word.toLowerCase());
  }

  /** The kinds as the store keeps them: one for all versions of a resource. */
  get storedKinds(): readonly Kind[] {
    return [...new Set(this.#kinds.map((kind) => kind.stored?.kind ?? kind))];
  }

  /** The kind whose objects the store keeps under this resource (`deployments.apps`, `services`). */
  stored(resource: string): Kind | undefined {
    return this.storedKinds.find((kind) => groupResource(kind) === resource);
  }

  /** Takes kinds in; of two that share a word the first one keeps it. */
  add(kinds: readonly Kind[]): void {
    for (const kind of kinds) this.#addOne(kind);
    this.#changed();
  }

  /** Takes kinds out again. */
  remove(kinds: readonly Kind[]): void {
    const kept = this.#kinds.filter((kind) => !kinds.includes(kind));
    this.#kinds.length = 0;
    for (const table of [this.#byType, this.#byPath, this.#byWord]) table.clear();
    for (const kind of kept) this.#addOne(kind);
    this.#changed();
  }

  /** Calls back after every change of the kinds. Returns how to stop. */
  onChange(watcher: (kinds: readonly Kind[]) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #addOne(kind: Kind): void {
    this.#kinds.push(kind);
    this.#byType.set(`${apiVersionOf(kind)} ${kind.kind}`, kind);
    this.#byPath.set(`${kind.group}/${kind.version}/${kind.resource}`, kind);
    for (const word of wordsFor(kind)) if (!this.#byWord.has(word)) this.#byWord.set(word, kind);
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher(this.#kinds);
  }
}

function wordsFor({ resource, singular, shortNames = [], group, version }: Kind): string[] {
  const words = [resource, singular, ...shortNames];
  return words.flatMap((word) => [word, `${word}.${group}`, `${word}.${version}.${group}`]);
}
