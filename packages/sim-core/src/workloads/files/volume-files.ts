import { FileError } from './file-error.ts';

/** So much may be written to one container or volume, in characters, and so many files. */
const MOST_TEXT = 4_000_000;
const MOST_FILES = 2000;

/** Files that were written: an emptyDir, or what a container wrote over its image. Paths begin with a slash. */
export class WrittenFiles {
  /** Text by path; undefined: a directory. */
  readonly #entries = new Map<string, string | undefined>();
  /** What was deleted of the layer below. */
  readonly #gone = new Set<string>();
  readonly #times = new Map<string, number>();
  #size = 0;

  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#gone.size === 0;
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  isGone(path: string): boolean {
    return this.#gone.has(path);
  }

  /** Text of a file; undefined for a directory and for what is not there. */
  text(path: string): string | undefined {
    return this.#entries.get(path);
  }

  timeOf(path: string): number | undefined {
    return this.#times.get(path);
  }

  paths(): Iterable<string> {
    return this.#entries.keys();
  }

  /** @throws FileError ENOSPC */
  set(path: string, text: string | undefined, at: number): void {
    const size = this.#size - (this.#entries.get(path)?.length ?? 0) + (text?.length ?? 0);
    if (size > MOST_TEXT || this.#entries.size >= MOST_FILES) throw new FileError('ENOSPC');
    this.#size = size;
    this.#entries.set(path, text);
    this.#times.set(path, at);
    this.#gone.delete(path);
  }

  delete(path: string): void {
    this.#size -= this.#entries.get(path)?.length ?? 0;
    this.#entries.delete(path);
    this.#times.delete(path);
    if (this.#gone.size < MOST_FILES) this.#gone.add(path);
  }
}

/** A volume in a container (`volumeMounts`), or a file that the kubelet puts there. */
export interface Mount {
  /** Where it is, without a slash at the end. */
  readonly path: string;
  readonly readOnly: boolean;
  /** As `mount` and `df` name it: `tmpfs`, `/dev/sda1`. */
  readonly source: string;
  /** Kept in the volume, which containers share; without it its files are made by {@link generated}. */
  readonly written?: WrittenFiles;
  /** Path in the volume that is mounted (`subPath`), with a slash in front; `/` is all of it. */
  readonly subPath: string;
  /** Texts by path, as they are now: ConfigMaps and Secrets change under a running container. */
  generated?(): ReadonlyMap<string, string>;
}
