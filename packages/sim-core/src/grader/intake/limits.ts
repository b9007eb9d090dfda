import { LIMITS } from '../limits.ts';

/**
 * How much of a folder or archive is read before it is refused; what stands in it is bounded by {@link LIMITS}
 * (docs/security.md has the table). Sizes in bytes.
 */
export interface SubmissionLimits {
  /** Names in a folder or archive, whatever they are. */
  readonly entries: number;
  /** What an archive may have on disk. */
  readonly archiveBytes: number;
  /** What a tar.gz may unpack to; of a zip only manifests are unpacked. */
  readonly unpackedBytes: number;
  /** All manifests together. */
  readonly totalBytes: number;
  /** Folders in folders. */
  readonly folders: number;
}

/** What a lesson needs, a hundred times over. */
export const SUBMISSION_LIMITS: SubmissionLimits = Object.freeze({
  entries: 20_000,
  archiveBytes: 50 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  totalBytes: LIMITS.bytes,
  folders: 32,
});

/** `10 MB`, for sentences. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1)} MB`;
}
