import { DEFAULT_LIMITS, type ManifestLimits } from '../../manifest/document.ts';

/**
 * How much of a submission is looked at before it is refused (docs/security.md has the table). A submission is data from a
 * stranger: every count that it can set is bounded. Sizes in bytes.
 */
export interface SubmissionLimits extends ManifestLimits {
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
  /** Kubernetes objects in all files. */
  readonly objects: number;
  /** Pods that its workloads ask for together. */
  readonly pods: number;
}

/** What a lesson needs, a hundred times over. */
export const SUBMISSION_LIMITS: SubmissionLimits = Object.freeze({
  ...DEFAULT_LIMITS,
  entries: 20_000,
  archiveBytes: 50 * 1024 * 1024,
  unpackedBytes: 100 * 1024 * 1024,
  totalBytes: 10 * 1024 * 1024,
  folders: 32,
  objects: 1_000,
  pods: 500,
});

/** `10 MB`, for sentences. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1)} MB`;
}
