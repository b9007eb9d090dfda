import type { AliasEvent, Event, MappingEvent, ScalarEvent, ScalarStyle, SequenceEvent } from 'js-yaml';
import { EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';

/**
 * A value with its place in the text: `[start, end)` in UTF-16 units, quotes and block headers included, anchors and
 * tags not. Where nothing is written (`rules:` and then nothing), `start` is -1.
 */
export type Node = ScalarNode | MappingNode | SequenceNode | AliasNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  /** The decoded text, before its type is decided. */
  text(): string;
}

export interface Entry {
  readonly key: Node;
  readonly value: Node;
}

export interface MappingNode {
  readonly kind: 'mapping';
  readonly start: number;
  readonly end: number;
  readonly entries: readonly Entry[];
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly start: number;
  readonly end: number;
  readonly items: readonly Node[];
}

/** `target` is missing where no such anchor was defined before, or where it encloses the alias. */
export interface AliasNode {
  readonly kind: 'alias';
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly target?: Node;
}

type CollectionEvent = MappingEvent | SequenceEvent;

interface OpenCollection {
  readonly event: CollectionEvent | undefined;
  readonly children: Node[];
}

/**
 * Builds the tree of one document from js-yaml's events, which point into `text`; undefined for a document that holds
 * nothing. `place` turns their offsets into those of the file.
 */
export function buildNodeTree(
  events: readonly Event[],
  text: string,
  place: (offset: number) => number = (offset) => offset,
): Node | undefined {
  const anchors = new Map<string, Node>();
  const stack: OpenCollection[] = [{ event: undefined, children: [] }];
  const add = (node: Node, event: CollectionEvent | ScalarEvent | undefined) => {
    if (event !== undefined && event.anchorStart >= 0) {
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), node);
    }
    stack.at(-1)?.children.push(node);
  };
  for (const event of events) {
    if (event.type === EVENT_ID.SCALAR) add(scalarNode(event, text, place), event);
    else if (event.type === EVENT_ID.ALIAS) add(aliasNode(event, text, anchors, place), undefined);
    else if (event.type === EVENT_ID.POP) {
      const closed = stack.length > 1 ? stack.pop() : undefined;
      if (closed?.event !== undefined) add(collectionNode(closed.event, closed.children, place), closed.event);
    } else if (event.type !== EVENT_ID.DOCUMENT) {
      if (event.anchorStart >= 0) anchors.delete(text.slice(event.anchorStart, event.anchorEnd));
      stack.push({ event, children: [] });
    }
  }
  return stack[0]?.children[0];
}

/** Follows an alias to what it stands for. */
export function resolveAlias(node: Node): Node {
  return node.kind === 'alias' && node.target !== undefined ? resolveAlias(node.target) : node;
}

type Place = (offset: number) => number;

function scalarNode(event: ScalarEvent, source: string, place: Place): ScalarNode {
  const { style, valueStart, valueEnd } = event;
  const text = () => getScalarValue(source, event);
  if (valueStart < 0) return { kind: 'scalar', start: -1, end: -1, style, text };
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  const isBlock = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
  const start = isBlock ? blockHeaderStart(source, valueStart) : valueStart - (isQuoted ? 1 : 0);
  return { kind: 'scalar', start: place(start), end: place(valueEnd + (isQuoted ? 1 : 0)), style, text };
}

/** The `|` or `>` of a block scalar stands on the line above its content. */
function blockHeaderStart(text: string, contentStart: number): number {
  const lineEnd = contentStart - (text.slice(contentStart - 2, contentStart) === '\r\n' ? 2 : 1);
  const lineStart = Math.max(text.lastIndexOf('\n', lineEnd - 1), text.lastIndexOf('\r', lineEnd - 1)) + 1;
  const header = /[|>][-+\d]{0,2}[ \t]*(?:[ \t]#.*)?$/.exec(text.slice(lineStart, lineEnd));
  return header === null ? contentStart : lineStart + header.index;
}

function aliasNode(event: AliasEvent, text: string, anchors: ReadonlyMap<string, Node>, place: Place): AliasNode {
  const name = text.slice(event.anchorStart, event.anchorEnd);
  const target = anchors.get(name);
  const [start, end] = [place(event.anchorStart - 1), place(event.anchorEnd)];
  return { kind: 'alias', start, end, name, ...(target === undefined ? {} : { target }) };
}

function collectionNode(event: CollectionEvent, children: readonly Node[], place: Place): Node {
  const start = place(event.start);
  const end = Math.max(start, children.at(-1)?.end ?? 0, children.at(-2)?.end ?? 0);
  if (event.type === EVENT_ID.SEQUENCE) return { kind: 'sequence', start, end, items: children };
  const entries: Entry[] = [];
  for (let at = 0; at + 1 < children.length; at += 2) {
    const [key, value] = [children[at], children[at + 1]];
    if (key !== undefined && value !== undefined) entries.push({ key, value });
  }
  return { kind: 'mapping', start, end, entries };
}
