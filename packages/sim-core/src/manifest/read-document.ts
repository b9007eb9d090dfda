import { describeDuplicate, describeUnsupportedKey } from './bad-key.ts';
import { codeLines } from './code-lines.ts';
import { diagnoseFailure, diagnoseNoObject } from './diagnose.ts';
import type { Fields, Manifest, ManifestLimits, Path } from './document.ts';
import { isFields } from './document.ts';
import { findForeignObject } from './foreign-object.ts';
import { findForeignText } from './foreign-text.ts';
import { unfoldList } from './list.ts';
import { findInvisibleStructure, findLookAlike, findLookAlikeValue, LOOK_ALIKE } from './look-alikes.ts';
import { findLostIndentation, mayHaveLostIndentation } from './lost-indentation.ts';
import { nodeAt } from './node-at.ts';
import type { Node } from './node-tree.ts';
import { DUPLICATE_KEY, parseDocument } from './parse-document.ts';
import { findPlaceholder, MAY_HOLD_PLACEHOLDER } from './placeholders.ts';
import type { Finding } from './problem.ts';
import type { DocumentText } from './split-documents.ts';
import { checkTypeMeta } from './type-meta.ts';
import { findUnfinished, MAY_BE_UNFINISHED } from './unfinished.ts';
import { manifestValues } from './values.ts';
import { UNSUPPORTED_KEY } from './yaml-schema.ts';

/** An object of a document; `start` is the offset of its first character in the document's text. */
export interface ReadObject {
  readonly path: Path;
  readonly start: number;
  readonly value: Manifest;
}

/** What was read from one document of a file, and what is wrong with it. Objects with an error are left out. */
export interface ReadDocument {
  readonly objects: readonly ReadObject[];
  readonly findings: readonly Finding[];
}

/** What a document is read with. */
export interface ReadContext {
  readonly file: string;
  readonly limits: ManifestLimits;
  /** The line in the file of an offset in the document's text. */
  lineAt(offset: number): number;
}

/** Reads one document and judges everything that can be judged without knowing the API. */
export function readDocument(document: DocumentText, context: ReadContext): ReadDocument {
  const { text, afterSeparator } = document;
  const parsed = parseDocument(text, context.limits);
  if ('finding' in parsed) return refused(parsed.finding);
  if (afterSeparator !== undefined) {
    const { text: rest, offset } = afterSeparator;
    return refused(findForeignText(text, codeLines(text)) ?? badSeparator(rest, offset - document.offset));
  }
  if ('failure' in parsed) return refused(explainFailure(text, parsed.failure, parsed.tree(), context));
  if (parsed.value === null || parsed.value === undefined) return { objects: [], findings: [] };
  if (!isFields(parsed.value)) return refused(diagnoseNoObject(text, codeLines(text), parsed.value, context.file));
  return readObjects(text, { ...parsed, value: parsed.value }, context);
}

function refused(...findings: Finding[]): ReadDocument {
  return { objects: [], findings };
}

function explainFailure(
  text: string,
  failure: { readonly reason: string; readonly offset: number },
  tree: Node | undefined,
  context: ReadContext,
): Finding {
  const lines = codeLines(text);
  if (tree !== undefined && failure.reason === DUPLICATE_KEY) {
    return findLostIndentation(text, lines) ?? describeDuplicate(tree, failure.offset, context.lineAt);
  }
  if (tree !== undefined && failure.reason === UNSUPPORTED_KEY) {
    return findForeignText(text, lines) ?? describeUnsupportedKey(tree);
  }
  return diagnoseFailure(text, lines, failure);
}

function badSeparator(rest: string, offset: number): Finding {
  return {
    reason: 'DocumentSeparator',
    message: `invalid Yaml document separator: ${rest}`,
    offset,
    hint: 'Let --- stand alone on its line; what follows it belongs on the next one.',
    kubectl: `invalid Yaml document separator: ${rest}`,
  };
}

interface ParsedObject {
  readonly value: Fields;
  readonly start: number;
  tree(): Node | undefined;
}

function readObjects(text: string, parsed: ParsedObject, context: ReadContext): ReadDocument {
  const { value } = parsed;
  const spoilt = findForeignObject(value, context.file) ?? findSpoiltStructure(text, value);
  if (spoilt !== undefined) return refused(spoilt);
  const placed = unfoldList(value);
  const isSuspicious = mayNeedJudging(text);
  const root = isSuspicious || placed.length !== 1 || placed[0]?.value !== value ? parsed.tree() : undefined;
  const objects: ReadObject[] = [];
  const findings: Finding[] = [];
  for (const { path, value: object } of placed) {
    const node = root === undefined ? undefined : nodeAt(root, path).node;
    const start = node?.start ?? parsed.start;
    const found = judge(text, object, isSuspicious ? node : undefined).map((finding) => ({
      offset: start,
      ...finding,
    }));
    for (const finding of found) findings.push(finding);
    if (found.every(({ severity }) => severity === 'warning')) objects.push({ path, start, value: object as Manifest });
  }
  return { objects, findings };
}

/** What a parser can read and nobody can have meant. A lost indentation leaves empty keys behind. */
function findSpoiltStructure(text: string, value: Fields): Finding | undefined {
  const hasLookAlike = LOOK_ALIKE.test(text);
  const isTyped = Object.hasOwn(value, 'apiVersion') && Object.hasOwn(value, 'kind');
  if (isTyped && !hasLookAlike && !hasNull(value)) return undefined;
  const lines = codeLines(text);
  const lost = mayHaveLostIndentation(lines) ? findLostIndentation(text, lines) : undefined;
  if (isTyped) return (hasLookAlike ? findInvisibleStructure(lines) : undefined) ?? lost;
  return findLookAlike(lines) ?? lost ?? (isObjectLike(value) ? undefined : findForeignText(text, lines));
}

/** Prose, terminal output and the like can be YAML by accident; they have no key of Kubernetes' then. */
function isObjectLike(value: Fields): boolean {
  return ['apiVersion', 'kind', 'metadata', 'spec', 'items'].some((key) => Object.hasOwn(value, key));
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(hasNull);
}

function mayNeedJudging(text: string): boolean {
  return MAY_HOLD_PLACEHOLDER.test(text) || LOOK_ALIKE.test(text) || MAY_BE_UNFINISHED.test(text);
}

function judge(text: string, object: unknown, node: Node | undefined): Finding[] {
  if (!isFields(object)) return [diagnoseNoObject(text, [], object, '')];
  const untyped = checkTypeMeta(object);
  if (untyped !== undefined) return [untyped];
  const manifest = object as Manifest;
  if (node === undefined || manifest.apiVersion.startsWith('sandbox.k8s-ingress.dev/')) return [];
  const findings = findUnfinished(node, manifest, text);
  for (const value of manifestValues(node, manifest)) {
    const finding = findLookAlikeValue(value) ?? (value.isKey ? undefined : findPlaceholder(value));
    if (finding !== undefined) findings.push(finding);
  }
  return findings.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));
}
