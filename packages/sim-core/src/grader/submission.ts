import type { DecodedManifests } from '../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../manifest/document.ts';
import type { FileUse } from './result.ts';

/** A file of a submission: data, never run. */
export interface SubmittedFile extends FileUse {
  /** Its content, where it is used. */
  readonly text?: string | Uint8Array;
  /** What was decoded from it within the limits of a submission, where somebody has done that already. */
  readonly decoded?: DecodedManifests;
}

/** What a student handed in. */
export interface Submission {
  /** Names it in results: the student, or the path. */
  readonly id: string;
  /** What the variant is picked by; the id without it. */
  readonly student?: string;
  readonly files: readonly SubmittedFile[];
  /** Tells documents that the exercise brings already, such as those of the ingress controller: they are not applied. */
  leaveOut?(document: ManifestDocument): boolean;
}
