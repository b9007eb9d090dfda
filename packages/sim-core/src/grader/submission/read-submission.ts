import { type DecodedManifests, decodeManifests } from '../../manifest/decode-manifests.ts';
import { DEFAULT_LIMITS, type ManifestDocument } from '../../manifest/document.ts';
import type { ManifestProblem } from '../../manifest/problem.ts';
import { createSourceMap, type SourceMap } from '../../manifest/source-map.ts';
import { ignoredByContent } from '../intake/judge-content.ts';
import { LIMITS } from '../limits.ts';
import type { FileUse } from '../result.ts';
import type { Submission } from '../submission.ts';
import { isOwnDocument } from './own-document.ts';

/** A submission, read: its objects and what is wrong with its text. */
export interface GradedFiles {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly ManifestProblem[];
  readonly files: readonly FileUse[];
  readonly sources: SourceMap;
  readonly texts: readonly { readonly file: string; readonly text: string | Uint8Array }[];
}

/** Reads the files that are used; a file of another tool is left out and says so. */
export function readSubmission({ files, leaveOut = () => false }: Submission): GradedFiles {
  const documents: ManifestDocument[] = [];
  const problems: ManifestProblem[] = [];
  const uses: FileUse[] = [];
  const texts: { file: string; text: string | Uint8Array }[] = [];
  for (const { text, decoded: known, ...use } of files) {
    if (!use.used || text === undefined) {
      uses.push(use);
      continue;
    }
    const decoded = known ?? decodeFile(use.path, text);
    const reason = ignoredByContent(decoded, use.path);
    if (reason !== undefined) {
      uses.push({ path: use.path, used: false, reason });
      continue;
    }
    texts.push({ file: use.path, text });
    documents.push(...decoded.documents.filter((document) => !isOwnDocument(document) && !leaveOut(document)));
    problems.push(...decoded.problems);
    uses.push({ ...use, ...ownReason(decoded.documents) });
  }
  return { documents, problems, files: uses, sources: createSourceMap(texts), texts };
}

/** The objects of a submitted file, within the limits of a submission. */
export function decodeFile(path: string, text: string | Uint8Array): DecodedManifests {
  return decodeManifests(path, text, { ...DEFAULT_LIMITS, ...LIMITS.file });
}

/** Settings of a sandbox in a submission are not the student's to make. */
function ownReason(documents: readonly ManifestDocument[]): { reason?: string } {
  const own = documents.find(isOwnDocument);
  return own === undefined ? {} : { reason: `its ${own.value.kind} document is left out: the exercise sets the scene` };
}
