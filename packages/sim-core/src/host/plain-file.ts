import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/**
 * The content of a plain file; whatever took its place meanwhile (a link, a pipe, a device) is not opened.
 * @param expect - is told its size in bytes before it is read; what it throws comes out here
 * @throws the system's error when it cannot be read
 */
export function readPlainFile(path: string, expect: (bytes: number) => void = () => {}): Uint8Array {
  // Windows has neither flag, and neither links nor pipes that look like files.
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw new Error('no plain file');
    expect(stats.size);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** The system's words, without the path: that is named beside them. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied';
  if (code === 'ENOENT') return 'no such file';
  return message;
}
