import type { DecodedManifests } from '../../manifest/decode-manifests.ts';
import type { ManifestDocument } from '../../manifest/document.ts';
import type { FileUse } from '../result.ts';
import { digestOf } from '../submission/digest.ts';
import { isOwnDocument } from '../submission/own-document.ts';
import { decodeFile } from '../submission/read-submission.ts';
import type { Submission, SubmittedFile } from '../submission.ts';
import { chartFolders, ignoredByChart } from './charts.ts';
import { isControllerObject } from './controller-manifest.ts';
import type { RawSubmission, SubmittedEntry } from './entry.ts';
import { ignoredByName, toldAs } from './ignored-by-name.ts';
import { ignoredByContent } from './judge-content.ts';
import { megabytes, SUBMISSION_LIMITS, type SubmissionLimits } from './limits.ts';
import { cleanPath } from './path.ts';
import { isInside, unwrapped, wrappingFolder } from './unwrap.ts';

/** How submissions are read. */
export interface IntakeOptions {
  /** The folder that counts (`--path k8s/`), as it is called with or without the wrapping folder. */
  readonly path?: string | undefined;
  /** The exercise brings the ingress controller: a genuine manifest of it is set aside. */
  readonly bringsController?: boolean;
  /** Who handed it in, where that is not the id. */
  readonly student?: string | undefined;
  readonly limits?: SubmissionLimits;
}

/** A submission with its objects. What it is made of is decided by its files alone, never by their order. */
export interface Intake extends Submission {
  /** `sha256:…` of the files that are used. */
  readonly digest: string;
  /** Every object that counts, by path and line. */
  readonly documents: readonly ManifestDocument[];
  /** The folder that wraps everything and that paths leave out; '' where there is none. */
  readonly folder: string;
  /** Why nothing of it can be graded, in words for student and instructor. */
  readonly refused?: string;
}

interface ReadFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly decoded: DecodedManifests;
  /** Why it is not used. */
  readonly reason: string | undefined;
  /** What is said of it although it is used. */
  readonly remark: string | undefined;
}

/** Judges every file, decodes those that count, and finds what is wrong with the whole. Pure; never throws. */
export function takeIn(raw: RawSubmission, options: IntakeOptions = {}): Intake {
  const { limits = SUBMISSION_LIMITS } = options;
  if (raw.refused !== undefined) return refused(raw, [], raw.refused);
  const { read, ignored, folder } = sort(raw.entries, options);
  const total = read.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (total > limits.totalBytes) return refused(raw, ignored, tooLarge(total, limits));
  const files = read.map((file) => decode(file, options));
  const used = files.filter(({ reason }) => reason === undefined);
  const readable = new Map(used.map((file) => [file.path, file]));
  const uses = [...ignored, ...files.map(useOfFile)].sort(byPath);
  return {
    id: raw.id,
    ...(options.student !== undefined && { student: options.student }),
    ...(options.bringsController === true && { leaveOut: isControllerObject }),
    files: uses.map((use): SubmittedFile => withContent(use, readable.get(use.path))),
    folder,
    digest: digestOf(used.map(({ path, bytes }) => ({ file: path, text: bytes }))),
    documents: used.flatMap(({ decoded }) => decoded.documents.filter((each) => !isLeftOut(each, options))),
  };
}

/** Tells files that have to be read from those that are out by their name, by path. */
function sort(entries: readonly SubmittedEntry[], { path: part = '' }: IntakeOptions) {
  // Of two files of one name in an archive the last one wins, as when it is unpacked.
  const cleaned = [...new Map(entries.map((each) => [cleanPath(each.path), each])).entries()].map(([path, entry]) => ({
    ...entry,
    path,
  }));
  const folder = wrappingFolder(cleaned.filter(({ unread }) => unread === undefined).map(({ path }) => path));
  const charts = chartFolders(cleaned.map(({ path }) => path));
  const read: { path: string; bytes: Uint8Array }[] = [];
  const ignored = new Map<string, FileUse>();
  for (const { path, bytes, unread } of cleaned.sort(byPath)) {
    const inside = isInside(path, part, folder) ? undefined : `outside of ${part}`;
    const reason = unread ?? ignoredByName(path) ?? ignoredByChart(path, charts) ?? inside;
    const told = unwrapped(reason === undefined ? path : toldAs(path), folder);
    if (reason === undefined && bytes !== undefined) read.push({ path: told, bytes });
    else ignored.set(told, useOf(told, reason ?? 'not read'));
  }
  return { read, ignored: [...ignored.values()], folder };
}

function decode({ path, bytes }: { path: string; bytes: Uint8Array }, options: IntakeOptions): ReadFile {
  const decoded = decodeFile(path, bytes);
  const reason = ignoredByContent(decoded, path) ?? ignoredByKind(decoded, options);
  const aside = decoded.documents.filter((each) => !isOwnDocument(each) && isLeftOut(each, options)).length;
  const remark =
    aside === 0 ? undefined : `without ${aside} objects of the ingress controller: this exercise brings it already`;
  return { path, bytes, decoded, reason, remark };
}

/** A file of which nothing is left when the documents go that are not the student's answer. */
function ignoredByKind({ documents, problems }: DecodedManifests, options: IntakeOptions): string | undefined {
  if (documents.length === 0 || problems.some(({ severity }) => severity === 'error')) return undefined;
  if (documents.every(isOwnDocument)) return 'settings of a sandbox, not a manifest: the exercise has its own';
  const isController = documents.every((each) => isLeftOut(each, options));
  return isController ? 'a manifest of the ingress controller: this exercise brings it already' : undefined;
}

function isLeftOut(document: ManifestDocument, { bringsController = false }: IntakeOptions): boolean {
  return isOwnDocument(document) || (bringsController && isControllerObject(document));
}

function refused({ id }: RawSubmission, files: readonly SubmittedFile[], reason: string): Intake {
  return { id, files, folder: '', digest: digestOf([]), documents: [], refused: reason };
}

function tooLarge(size: number, { totalBytes }: SubmissionLimits): string {
  return `its manifests have ${megabytes(size)} together; the limit is ${megabytes(totalBytes)}`;
}

function useOfFile({ path, reason, remark }: ReadFile): FileUse {
  return reason === undefined && remark !== undefined ? { path, used: true, reason: remark } : useOf(path, reason);
}

function useOf(path: string, reason: string | undefined): FileUse {
  return reason === undefined ? { path, used: true } : { path, used: false, reason };
}

function withContent(use: FileUse, file: ReadFile | undefined): SubmittedFile {
  return file === undefined ? use : { ...use, text: file.bytes, decoded: file.decoded };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
