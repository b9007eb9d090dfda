import { FileError } from './file-error.ts';
import { directoryOf, isInside, resolvePath } from './path.ts';
import { type Mount, WrittenFiles } from './volume-files.ts';

/** A file's text, worked out when somebody reads it. */
export type FileText = string | (() => string);

/** What a container's files are made of. */
export interface FileSources {
  /** Files of the image and of its program, by absolute path; a path that ends with a slash is an empty directory. */
  readonly image: () => Readonly<Record<string, FileText>>;
  readonly mounts: () => readonly Mount[];
  readonly now: () => number;
}

/** What stands at a path. */
export interface FileEntry {
  readonly kind: 'file' | 'directory';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly readOnly: boolean;
}

const IMAGE_DIRECTORIES: readonly string[] = Object.freeze(
  '/bin /dev /etc /home /lib /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/sbin /var /var/log /var/run /var/tmp /var/cache'.split(
    ' ',
  ),
);
const DEVICES: readonly string[] = Object.freeze([
  '/dev/null',
  '/dev/zero',
  '/dev/stdout',
  '/dev/stderr',
  '/dev/stdin',
  '/dev/tty',
  '/dev/random',
  '/dev/urandom',
]);

/**
 * The file system of one life of a container: the image's files are generated, mounts lie over them, and only what is written is
 * kept. Nothing of it is made before somebody asks.
 */
export class ContainerFiles {
  readonly #sources: FileSources;
  readonly #written = new WrittenFiles();
  readonly #startedAt: number;
  #image: ReadonlyMap<string, FileText> | undefined;
  #directories: ReadonlySet<string> = new Set();
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
    const text = written ?? this.#imageFiles().get(path) ?? '';
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
    if (this.#imageFiles().has(path)) return entry('file');
    return this.#imageDirectories().has(path) || this.mounts.some((each) => isInside(each.path, path))
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
    yield* this.#imageFiles().keys();
    yield* this.#imageDirectories();
    yield* this.#written.paths();
  }

  #imageFiles(): ReadonlyMap<string, FileText> {
    if (this.#image !== undefined) return this.#image;
    const image = new Map<string, FileText>();
    const directories = new Set(['/', ...IMAGE_DIRECTORIES]);
    for (const [path, text] of Object.entries(this.#sources.image())) {
      if (!path.endsWith('/')) image.set(path, text);
      for (let at = directoryOf(path); !directories.has(at); at = directoryOf(at)) directories.add(at);
    }
    for (const path of DEVICES) image.set(path, '');
    this.#directories = directories;
    this.#image = image;
    return image;
  }

  #imageDirectories(): ReadonlySet<string> {
    this.#imageFiles();
    return this.#directories;
  }
}

function pathIn({ path: place, subPath }: Mount, path: string): string {
  return resolvePath('/', `${subPath}/${path.slice(place.length)}`);
}

function textIn(mount: Mount, path: string): string | undefined {
  const inside = pathIn(mount, path);
  return mount.written === undefined ? mount.generated?.().get(inside) : mount.written.text(inside);
}

function findIn(mount: Mount, path: string, startedAt: number): FileEntry | undefined {
  const inside = pathIn(mount, path);
  const entry = (kind: FileEntry['kind']): FileEntry => ({
    kind,
    at: mount.written?.timeOf(inside) ?? startedAt,
    readOnly: mount.readOnly,
  });
  if (textIn(mount, path) !== undefined) return entry('file');
  if (mount.written?.has(inside) === true) return entry('directory');
  if (path === mount.path) return entry('directory');
  const files = mount.written === undefined ? [...(mount.generated?.().keys() ?? [])] : [...mount.written.paths()];
  return files.some((each) => isInside(each, inside)) ? entry('directory') : undefined;
}

/** Paths of a mount's files as the container sees them. */
function* pathsIn(mount: Mount): Iterable<string> {
  const files = mount.written === undefined ? (mount.generated?.().keys() ?? []) : mount.written.paths();
  const { subPath, path: place } = mount;
  for (const file of files) {
    if (!isInside(file, subPath)) continue;
    const rest = file.slice(subPath === '/' ? 0 : subPath.length);
    yield rest === '' ? place : `${place}${rest}`;
  }
}
