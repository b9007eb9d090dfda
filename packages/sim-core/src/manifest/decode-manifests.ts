import type { ManifestDocument, ManifestLimits } from './document.ts';
import { DEFAULT_LIMITS } from './document.ts';
import type { LineIndex } from './line-index.ts';
import { createLineIndex } from './line-index.ts';
import type { Finding, ManifestProblem, ManifestProblemReason } from './problem.ts';
import { readDocument } from './read-document.ts';
import { splitDocuments } from './split-documents.ts';
import { decodeText } from './text.ts';

/** The objects of a file, and everything that is wrong with it. */
export interface DecodedManifests {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly ManifestProblem[];
}

/** Mistakes that are made once for a whole file, so that they are told once. */
const TOLD_ONCE: readonly ManifestProblemReason[] = Object.freeze([
  'NotYaml',
  'HelmTemplate',
  'TemplateVariable',
  'MarkdownFence',
  'ShellCommand',
  'OtherTool',
  'Tab',
  'InvisibleCharacter',
] as const);

/**
 * Reads YAML or JSON text into Kubernetes objects, as the Kubernetes API reads it (`sigs.k8s.io/yaml`), and names bad
 * input for what it is. `file` is only the name to show. Pure; never throws; a document with an error hides no other.
 */
export function decodeManifests(
  file: string,
  input: string | Uint8Array,
  limits: ManifestLimits = DEFAULT_LIMITS,
): DecodedManifests {
  const decoded = decodeText(input, limits);
  if ('finding' in decoded) {
    return { documents: [], problems: [toProblem(file, decoded.finding, createLineIndex(decoded.text))] };
  }
  const documents: ManifestDocument[] = [];
  const problems: ManifestProblem[] = [];
  let lines: LineIndex | undefined;
  const lineIndex = () => (lines ??= createLineIndex(decoded.text));
  const texts = splitDocuments(decoded.text);
  if (texts.length > limits.documents) return { documents: [], problems: [tooMany(file, limits)] };
  for (const document of texts) {
    const { index, offset } = document;
    const lineAt = (local: number) => lineIndex().positionAt(offset + local).line;
    const read = readDocument(document, { file, limits, lineAt });
    for (const { path, start, value } of read.objects) {
      documents.push({ file, index, path, line: lineAt(start), value });
    }
    for (const finding of read.findings) {
      const placed = { ...finding, offset: offset + (finding.offset ?? 0) };
      problems.push({ ...toProblem(file, placed, lineIndex()), document: index });
    }
    if (documents.length > limits.documents) return { documents: [], problems: [tooMany(file, limits)] };
  }
  if (documents.length === 0 && problems.length === 0) problems.push(noObjects(file, decoded.text));
  return { documents, problems: curtail(problems, limits) };
}

function toProblem(file: string, finding: Finding, lines: LineIndex): ManifestProblem {
  const { offset, severity = 'error', hint, ...rest } = finding;
  return {
    severity,
    ...rest,
    ...(hint === undefined ? {} : { hint: hint.replaceAll('{file}', file) }),
    file,
    ...(offset === undefined ? {} : lines.positionAt(offset)),
  };
}

/** Tells a mistake once where once is enough, and never more than the limit. */
function curtail(problems: readonly ManifestProblem[], limits: ManifestLimits): ManifestProblem[] {
  const seen = new Set<ManifestProblemReason>();
  const told = problems.filter(({ reason }) => {
    const isRepeated = TOLD_ONCE.includes(reason) && seen.has(reason);
    seen.add(reason);
    return !isRepeated;
  });
  const rest = told.length - limits.problems;
  const last = told[limits.problems];
  if (rest <= 0 || last === undefined) return told;
  return [...told.slice(0, limits.problems), { ...last, message: `${last.message} (and ${rest - 1} more problems)` }];
}

function noObjects(file: string, text: string): ManifestProblem {
  const what = text.trim() === '' ? 'it is empty' : 'it holds only comments or empty documents';
  return {
    severity: 'error',
    reason: 'NoObjects',
    message: `no Kubernetes objects found in ${file}: ${what}`,
    file,
    hint: 'Every object begins with apiVersion, kind and metadata.',
    kubectl: 'error: no objects passed to apply',
  };
}

function tooMany(file: string, { documents }: ManifestLimits): ManifestProblem {
  return {
    severity: 'error',
    reason: 'TooManyDocuments',
    message: `the file holds more than ${documents} objects; that is the limit`,
    file,
    hint: 'Give only the manifests that matter.',
  };
}
