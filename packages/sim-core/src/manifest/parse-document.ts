import type { Event } from 'js-yaml';
import { constructFromEvents, EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import { checkAliases, tooDeep, unshare } from './aliases.ts';
import type { ManifestLimits } from './document.ts';
import type { Node } from './node-tree.ts';
import { buildNodeTree } from './node-tree.ts';
import type { Finding } from './problem.ts';
import { relaxFlowIndentation } from './relax-indentation.ts';
import { KUBERNETES_SCHEMA } from './yaml-schema.ts';

/** js-yaml's words for what it could not read; `offset` counts UTF-16 units in the document's text. */
export interface YamlFailure {
  readonly reason: string;
  readonly offset: number;
}

/** js-yaml's word for a key that stands twice. */
export const DUPLICATE_KEY = 'duplicated mapping key';
/** Said when a bracket or a quote is still open at the end. */
export const UNCLOSED = 'unexpected end of the stream';

/**
 * A document's value, or why it has none. `start` is the offset of its first character, comments left out; `tree` gives
 * all positions and is built when asked for.
 */
export type ParsedDocument =
  | { readonly value: unknown; readonly start: number; tree(): Node | undefined }
  | { readonly finding: Finding }
  | { readonly failure: YamlFailure; tree(): Node | undefined };

interface Parsed {
  readonly events: Event[];
  /** What the events' offsets point into: the text, or the text with more indentation. */
  readonly source: string;
  originalOffset(offset: number): number;
}

/**
 * Reads one document of YAML or JSON as the Kubernetes API does, within the limits. Never throws.
 * @param lastKeyWins a key that stands twice is no failure
 */
export function parseDocument(text: string, limits: ManifestLimits, lastKeyWins = false): ParsedDocument {
  const parsed = parse(text, limits);
  if ('reason' in parsed) {
    return parsed.reason.startsWith('nesting exceeded')
      ? { finding: tooDeep(limits.depth, parsed.offset) }
      : { failure: parsed, tree: () => undefined };
  }
  return construct(parsed, limits, lastKeyWins);
}

/** The positions of a document alone; undefined for one that cannot be read. */
export function parseNodeTree(text: string, limits: ManifestLimits): Node | undefined {
  const parsed = parse(text, limits);
  return 'reason' in parsed ? undefined : buildNodeTree(parsed.events, parsed.source, parsed.originalOffset);
}

function construct(parsed: Parsed, limits: ManifestLimits, json: boolean): ParsedDocument {
  const { events, source, originalOffset } = parsed;
  const tree = () => buildNodeTree(events, source, originalOffset);
  const hasAliases = events.some((event) => event.type === EVENT_ID.ALIAS);
  const root = hasAliases ? tree() : undefined;
  const finding = checkDepth(parsed, limits) ?? (root === undefined ? undefined : checkAliases(root, limits));
  if (finding !== undefined) return { finding };
  try {
    const [value] = constructFromEvents(events, { source, schema: KUBERNETES_SCHEMA, json });
    return { value: hasAliases ? unshare(value) : value, start: originalOffset(startOf(events)), tree };
  } catch (error) {
    const { reason, offset } = yamlFailure(error);
    return { failure: { reason, offset: originalOffset(offset) }, tree };
  }
}

/** js-yaml's own limit counts its steps, some of them twice: it only keeps the stack small. */
const parserDepth = ({ depth }: ManifestLimits) => 2 * depth + 2;

function checkDepth({ events, originalOffset }: Parsed, limits: ManifestLimits): Finding | undefined {
  let depth = 0;
  for (const event of events) {
    if (event.type === EVENT_ID.POP) depth--;
    else if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.ALIAS) depth++;
    // the document itself is one level
    if (depth > limits.depth + 1 && 'start' in event) return tooDeep(limits.depth, originalOffset(event.start));
  }
  return undefined;
}

function startOf([, root]: readonly Event[]): number {
  if (root === undefined) return 0;
  return Math.max(0, 'start' in root ? root.start : 'valueStart' in root ? root.valueStart : 0);
}

function parse(text: string, limits: ManifestLimits): Parsed | YamlFailure {
  const strict = parseStrictly(text, limits);
  if ('events' in strict || strict.reason !== 'deficient indentation') return strict;
  const relaxed = relaxFlowIndentation(text);
  if (relaxed === undefined) return strict;
  const again = parseStrictly(relaxed.text, limits);
  if ('events' in again) return { ...again, originalOffset: relaxed.originalOffset };
  const isAtEnd = relaxed.text.slice(again.offset).trim() === '';
  return isAtEnd ? { reason: UNCLOSED, offset: text.length } : strict;
}

function parseStrictly(text: string, limits: ManifestLimits): Parsed | YamlFailure {
  try {
    const events = parseEvents(text, { maxDepth: parserDepth(limits) });
    return { events, source: text, originalOffset: (offset) => offset };
  } catch (error) {
    return yamlFailure(error);
  }
}

function yamlFailure(error: unknown): YamlFailure {
  if (error instanceof YAMLException) return { reason: error.reason, offset: error.mark?.position ?? 0 };
  return { reason: error instanceof Error ? error.message : String(error), offset: 0 };
}
