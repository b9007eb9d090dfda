import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../../manifest/document.ts';
import { decodeText } from '../../manifest/text.ts';
import type { ClassFile, ClassFiles } from '../../wire.ts';
import { readPlainFile, reasonOf } from '../plain-file.ts';

/** How much of a folder is read. Sizes in bytes. */
export interface ClassLimits {
  readonly files: number;
  readonly fileBytes: number;
  readonly totalBytes: number;
}

const MEGABYTE = 1024 * 1024;
const LIMITS: ClassLimits = Object.freeze({ files: 500, fileBytes: 10 * MEGABYTE, totalBytes: 20 * MEGABYTE });

/** Files of our own making. What begins with a dot is a system's or an editor's. */
const NAME = /^[^.].*\.json$/;

/** A file before it is read. */
interface Entry {
  readonly file: string;
  /** Another one whenever the file is another one. */
  readonly stamp: string;
  readonly size: number;
  /** Why it is not read; '' when it is. */
  readonly problem: string;
}

/**
 * A folder of exported progress and results of `grade`. It is looked at whenever somebody asks, links are not followed, and
 * nothing is ever written into it.
 */
export class ClassFolder {
  readonly #folder: string;
  readonly #limits: ClassLimits;

  /** @param folder as the user named it */
  constructor(folder: string, limits: ClassLimits = LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** What lies in it now; a file that cannot be read has its reason. Undefined when its tag is the one that was `seen`. */
  async read(seen?: string): Promise<ClassFiles | undefined> {
    const entries = await this.#list();
    const tag = tagOf(entries);
    return tag === seen ? undefined : { folder: this.#folder, tag, files: this.#contents(entries) };
  }

  /** By name; one entry that says why, where the folder itself cannot be read. */
  async #list(): Promise<Entry[]> {
    try {
      const names = (await readdir(this.#folder)).filter((name) => NAME.test(name)).sort();
      const { files } = this.#limits;
      const entries = await Promise.all(names.slice(0, files).map((file) => this.#look(file)));
      const [first, ...others] = names.slice(files);
      if (first === undefined) return entries;
      const file = others.length === 0 ? first : `${first} and ${others.length} more`;
      return [...entries, unread(file, `left out: ${files} files are the limit`)];
    } catch (error) {
      return [unread(this.#folder, `cannot be read: ${reasonOf(error)}`)];
    }
  }

  async #look(file: string): Promise<Entry> {
    try {
      const stats = await lstat(join(this.#folder, file));
      const { mtimeMs, ctimeMs, ino, size } = stats;
      return { file, stamp: `${mtimeMs} ${ctimeMs} ${ino} ${size}`, size, problem: this.#problemOf(stats) };
    } catch (error) {
      return unread(file, `cannot be read: ${reasonOf(error)}`);
    }
  }

  #problemOf(stats: Stats): string {
    const { fileBytes } = this.#limits;
    if (stats.isSymbolicLink()) return 'is a symbolic link: links are not followed';
    if (!stats.isFile()) return 'is no plain file (a folder, pipe, socket or device)';
    return stats.size > fileBytes ? `has more than ${megabytes(fileBytes)}, which is the limit` : '';
  }

  #contents(entries: readonly Entry[]): ClassFile[] {
    const { totalBytes } = this.#limits;
    let total = 0;
    return entries.map(({ file, size, problem }) => {
      if (problem !== '') return { file, problem };
      if (total + size > totalBytes)
        return { file, problem: `left out: all files together may have ${megabytes(totalBytes)}` };
      total += size;
      return this.#readOne(file);
    });
  }

  #readOne(file: string): ClassFile {
    const limits = { ...DEFAULT_LIMITS, fileBytes: this.#limits.fileBytes };
    try {
      const decoded = decodeText(readPlainFile(join(this.#folder, file)), limits);
      return 'finding' in decoded
        ? { file, problem: `cannot be read: ${decoded.finding.message}` }
        : { file, text: decoded.text };
    } catch (error) {
      return { file, problem: `cannot be read: ${reasonOf(error)}` };
    }
  }
}

function unread(file: string, problem: string): Entry {
  return { file, stamp: '', size: 0, problem };
}

function tagOf(entries: readonly Entry[]): string {
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 22);
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / MEGABYTE) * 10) / 10} MB`;
}
