import type { FileEntry, FileText } from './file-entry.ts';
import { FileError } from './file-error.ts';
import { type ImageListing, listImage } from './image-listing.ts';
import { findIn, pathIn, pathsIn, textIn } from './mount-files.ts';
import { directoryOf, isInside } from './path.ts';
import { type Mount, WrittenFiles } from './volume-files.ts';

/** What a container's files are made of. */
export interface FileSources {
  /** Files of the image and of its program, by absolute path; a path that ends with a slash is an empty directory. */
  readonly image: () => Readonly<Record<string, FileText>>;
  readonly mounts: () => readonly Mount[];
  readonly now: () => number;
}

/**
 * The file system of one life of a container: the image's files are generated, mounts lie over them, and only what is written is
 * kept. Nothing of it is made before somebody asks.
 */
export class ContainerFiles {
  readonly #sources: FileSources;
  readonly #written = new WrittenFiles();
  readonly #startedAt: number;
  #listing: ImageListing | undefined;
  #mounts: readonly Mount[] | undefined;
  /** Whether somebody asked for a path that is not there. */
  missed = false;

  constructor(sources: FileSources) {
    this.#sources = sources;
    this.#startedAt = sources.now();
  }

  /** Volumes, the deepest first. */
  get mounts(): readonly Mount[] {
    this.#mounts ??= [...this.#sources.mounts()].sort((a, b) => b.path.length - a.path.length);
    return this.#mounts;
  }

  /** What stands at an absolute path; undefined: nothing. */
  stat(path: string): FileEntry | undefined {
    const entry = this.#find(path);
    this.missed ||= entry === undefined;
    return entry;
  }

  isDirectory(path: string): boolean {
    return this.#find(path)?.kind === 'directory';
  }

  /** @throws FileError */
  read(path: string): string {
    const entry = this.stat(path);
    if (entry === undefined) throw new FileError('ENOENT');
    if (entry.kind === 'directory') throw new FileError('EISDIR');
    const mount = this.#mountOf(path);
    if (mount !== undefined) return textIn(mount, path) ?? '';
    const written = this.#written.text(path);
    const text = written ?? this.#image.files.get(path) ?? '';
    return typeof text === 'string' ? text : text();
  }

  /** Names in a directory, sorted. @throws FileError */
  list(path: string): string[] {
    const entry = this.stat(path);
    if (entry === undefined) throw new FileError('ENOENT');
    if (entry.kind === 'file') throw new FileError('ENOTDIR');
    const names = new Set<string>();
    const prefix = path === '/' ? '/' : `${path}/`;
    for (const known of this.#paths(path)) {
      if (!known.startsWith(prefix) || known === prefix) continue;
      names.add(known.slice(prefix.length).split('/')[0] as string);
    }
    return [...names].filter((name) => name !== '' && this.#find(prefix + name) !== undefined).sort();
  }

  /** Writes a whole file, or to its end. @throws FileError */
  write(path: string, text: string, append = false): void {
    const entry = this.#find(path);
    if (entry?.kind === 'directory') throw new FileError('EISDIR');
    this.#checkParent(path);
    const before = append && entry !== undefined ? this.read(path) : '';
    this.#store(path, before + text);
  }

  /** @throws FileError */
  makeDirectory(path: string): void {
    if (this.#find(path) !== undefined) throw new FileError('EEXIST');
    this.#checkParent(path);
    this.#store(path, undefined);
  }

  /** Removes a file, or an empty directory. @throws FileError */
  remove(path: string): void {
    const entry = this.#find(path);
    if (entry === undefined) throw new FileError('ENOENT');
    if (this.mounts.some((mount) => mount.path === path)) throw new FileError('EBUSY');
    if (entry.kind === 'directory' && this.list(path).length > 0) throw new FileError('ENOTEMPTY');
    const mount = this.#mountOf(path);
    if (mount === undefined) return this.#written.delete(path);
    if (mount.readOnly || mount.written === undefined) throw new FileError('EROFS');
    mount.written.delete(pathIn(mount, path));
  }

  /** Whether somebody wrote to the directory, or a volume is mounted there: what the image holds is not all any more. */
  isTouched(directory: string): boolean {
    if (this.mounts.some(({ path }) => isInside(path, directory))) return true;
    if (this.#written.isEmpty) return false;
    return (
      [...this.#written.paths()].some((path) => isInside(path, directory)) ||
      this.#written.isGone(`${directory}/index.html`)
    );
  }

  #store(path: string, text: string | undefined): void {
    const mount = this.#mountOf(path);
    if (mount === undefined) return this.#written.set(path, text, this.#sources.now());
    if (mount.readOnly || mount.written === undefined) throw new FileError('EROFS');
    mount.written.set(pathIn(mount, path), text, this.#sources.now());
  }

  #checkParent(path: string): void {
    const parent = this.#find(directoryOf(path));
    if (parent === undefined) throw new FileError('ENOENT');
    if (parent.kind === 'file') throw new FileError('ENOTDIR');
  }

  #find(path: string): FileEntry | undefined {
    const mount = this.#mountOf(path);
    if (mount !== undefined) return findIn(mount, path, this.#startedAt);
    const entry = (kind: FileEntry['kind']): FileEntry => ({
      kind,
      at: this.#written.timeOf(path) ?? this.#startedAt,
      readOnly: false,
    });
    if (this.#written.has(path)) return entry(this.#written.text(path) === undefined ? 'directory' : 'file');
    if (this.#written.isGone(path)) return undefined;
    if (this.#image.files.has(path)) return entry('file');
    return this.#image.directories.has(path) || this.mounts.some((each) => isInside(each.path, path))
      ? entry('directory')
      : undefined;
  }

  #mountOf(path: string): Mount | undefined {
    return this.mounts.find((mount) => isInside(path, mount.path));
  }

  /** Every path that is known at or below a directory. */
  *#paths(directory: string): Iterable<string> {
    const mount = this.#mountOf(directory);
    if (mount !== undefined) yield* pathsIn(mount);
    for (const { path } of this.mounts) yield path;
    if (mount !== undefined) return;
    yield* this.#image.files.keys();
    yield* this.#image.directories;
    yield* this.#written.paths();
  }

  get #image(): ImageListing {
    this.#listing ??= listImage(this.#sources.image());
    return this.#listing;
  }
}
