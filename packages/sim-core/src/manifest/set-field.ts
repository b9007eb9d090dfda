import type { Path } from './document.ts';
import { isFields } from './document.ts';
import { changeAt, editDocument, firstThatReads } from './edit-document.ts';
import { editScalar, plainAndQuoted, type Scalar } from './edit-scalar.ts';
import { nodeAt } from './node-at.ts';
import type { Node } from './node-tree.ts';

/**
 * Sets one field in a file's text and nothing else, see {@link editScalar}; where the document has none, it becomes the
 * first one of its mapping, on a line of its own. Undefined when there is no such mapping, or when the change would show
 * elsewhere too (an anchor).
 */
export function setField(text: string, index: number, path: Path, value: Scalar): string | undefined {
  return editScalar(text, index, path, value) ?? addField(text, index, path, value);
}

function addField(text: string, index: number, path: Path, value: Scalar): string | undefined {
  const above = path.slice(0, -1);
  const name = path.at(-1);
  if (typeof name !== 'string') return undefined;
  return editDocument(text, index, (document) => {
    const { node, key, isExact } = nodeAt(document.root, above);
    const first = node.kind === 'mapping' ? node.entries[0]?.key : undefined;
    if (!isExact || first === undefined) return undefined;
    const isFlow = document.text[node.start] === '{';
    const candidates = plainAndQuoted(value).map((token) =>
      isFlow ? addToFlow(document.text, first, name, token) : addLine(document.text, first, key, `${name}: ${token}`),
    );
    const wanted = changeAt(document.value, above, (before) =>
      isFields(before) ? { [name]: value, ...before, [name]: value } : before,
    );
    return firstThatReads(candidates, wanted);
  });
}

/** `{ a: 1 }` becomes `{ name: value, a: 1 }`; in JSON the name is quoted as its neighbour is. */
function addToFlow(text: string, first: Node, name: string, token: string): string {
  const key = text[first.start] === '"' ? JSON.stringify(name) : name;
  return `${text.slice(0, first.start)}${key}: ${token}, ${text.slice(first.start)}`;
}

/** Comments above the first field stay with it: the new line stands right below the mapping's own key. */
function addLine(text: string, first: Node, key: Node | undefined, field: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(first.start - (text.lastIndexOf('\n', first.start) + 1));
  const below = key === undefined ? 0 : text.indexOf('\n', key.end) + 1;
  if (below > 0 && below < first.start) return `${text.slice(0, below)}${indent}${field}${newline}${text.slice(below)}`;
  return `${text.slice(0, first.start)}${field}${newline}${indent}${text.slice(first.start)}`;
}
