/** What can go wrong with a file, in the C library's words (errno(3), strerror). */
const FILE_ERRORS = Object.freeze({
  ENOENT: 'No such file or directory',
  EEXIST: 'File exists',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  EBUSY: 'Resource busy',
  EPERM: 'Operation not permitted',
});

export type FileErrorCode = keyof typeof FILE_ERRORS;

/** A file operation that failed; `message` is what programs print. */
export class FileError extends Error {
  readonly code: FileErrorCode;
  constructor(code: FileErrorCode) {
    super(FILE_ERRORS[code]);
    this.code = code;
  }
}
