import type { ManifestDocument } from '../manifest/document.ts';
import { isFields } from '../manifest/document.ts';

/** What a submission may be at most: everything in it is data, and data has a size. */
export const LIMITS = Object.freeze({
  /** Of one file (bytes, documents, expansions of aliases, depth of nesting). */
  file: Object.freeze({ fileBytes: 2 * 1024 * 1024, documents: 500, aliases: 1_000, depth: 100 }),
  /** Of all files together, bytes. */
  bytes: 5 * 1024 * 1024,
  files: 500,
  objects: 300,
  /** Pods that all workloads together ask for. */
  pods: 200,
});

/** Which limit a submission is over, as a sentence; undefined when none. */
export function overLimit(
  documents: readonly ManifestDocument[],
  texts: readonly { readonly text: string | Uint8Array }[],
): string | undefined {
  const bytes = texts.reduce((sum, { text }) => sum + text.length, 0);
  if (texts.length > LIMITS.files) return `the submission has ${texts.length} files; the limit is ${LIMITS.files}`;
  if (bytes > LIMITS.bytes) return `the submission has ${bytes} bytes; the limit is ${LIMITS.bytes}`;
  if (documents.length > LIMITS.objects)
    return `the submission has ${documents.length} objects; the limit is ${LIMITS.objects}`;
  const pods = documents.reduce((sum, document) => sum + podsOf(document), 0);
  return pods > LIMITS.pods ? `the submission asks for ${pods} pods; the limit is ${LIMITS.pods}` : undefined;
}

/** Pods that an object asks for: replicas of any kind that has them, parallelism of a Job, the most of an autoscaler. */
function podsOf({ value }: ManifestDocument): number {
  const { spec, kind } = value;
  if (!isFields(spec)) return 0;
  const job =
    isFields(spec['jobTemplate']) && isFields(spec['jobTemplate']['spec']) ? spec['jobTemplate']['spec'] : spec;
  const wanted = [spec['replicas'], job['parallelism'], job['completions'], spec['maxReplicas']];
  const most = Math.max(0, ...wanted.map((each) => (typeof each === 'number' ? each : 0)));
  return most === 0 && (kind === 'Pod' || 'template' in spec) ? 1 : most;
}
