import type { FileText } from './file-entry.ts';
import { directoryOf } from './path.ts';

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

/** What an image holds. */
export interface ImageListing {
  readonly files: ReadonlyMap<string, FileText>;
  readonly directories: ReadonlySet<string>;
}

/** The files of an image by path, with its directories and devices. */
export function listImage(sources: Readonly<Record<string, FileText>>): ImageListing {
  const files = new Map<string, FileText>();
  const directories = new Set(['/', ...IMAGE_DIRECTORIES]);
  for (const [path, text] of Object.entries(sources)) {
    if (!path.endsWith('/')) files.set(path, text);
    for (let at = directoryOf(path); !directories.has(at); at = directoryOf(at)) directories.add(at);
  }
  for (const path of DEVICES) files.set(path, '');
  return { files, directories };
}
