/** One step of a JSONPath expression. */
export type PathNode =
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'wildcard' }
  | { readonly type: 'recursive' }
  | { readonly type: 'index'; readonly slices: readonly Slice[] }
  | { readonly type: 'filter'; readonly left: Operand; readonly operator: string; readonly right: Operand | undefined };

/** `[start:end:step]`; one index has an end behind it. */
export interface Slice {
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly step: number;
  readonly single: boolean;
}

/** A side of a comparison: a path below `@`, or a constant. */
export type Operand = { readonly path: readonly PathNode[] } | { readonly value: string | number | boolean };

/** A piece of a template. */
export type TemplateNode =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'path'; readonly path: readonly PathNode[] }
  | { readonly type: 'range'; readonly path: readonly PathNode[]; readonly body: readonly TemplateNode[] };

/** Takes a template apart (client-go util/jsonpath/parser.go). @throws Error with its words */
export function parseTemplate(template: string): TemplateNode[] {
  const pieces = splitTemplate(template);
  const root: TemplateNode[] = [];
  const open: { body: TemplateNode[]; path: readonly PathNode[] }[] = [];
  for (const { text, isExpression } of pieces) {
    const target = open.at(-1)?.body ?? root;
    if (!isExpression) {
      target.push({ type: 'text', text });
      continue;
    }
    const expression = text.trim();
    if (expression === 'end') {
      const range = open.pop();
      if (range === undefined) throw new Error('not in range, nothing to end');
      (open.at(-1)?.body ?? root).push({ type: 'range', path: range.path, body: range.body });
    } else if (/^range\s/.test(expression)) {
      open.push({ path: parsePath(expression.slice(5).trim()), body: [] });
    } else {
      target.push(...expressionNodes(expression));
    }
  }
  if (open.length > 0) throw new Error('unterminated range');
  return root;
}

/** `{"\t"}` is text, everything else a path; several stand side by side. */
function expressionNodes(expression: string): TemplateNode[] {
  const quoted = /^(["'])((?:\\.|(?!\1).)*)\1/.exec(expression);
  if (quoted !== null) {
    const rest = expression.slice(quoted[0].length).trim();
    const node: TemplateNode = { type: 'text', text: unescaped(quoted[2] ?? '') };
    return rest === '' ? [node] : [node, ...expressionNodes(rest)];
  }
  return [{ type: 'path', path: parsePath(expression) }];
}

function unescaped(text: string): string {
  const known: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
  return text.replace(/\\(.)/g, (_, each: string) => known[each] ?? each);
}

function splitTemplate(template: string): { text: string; isExpression: boolean }[] {
  const pieces: { text: string; isExpression: boolean }[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open < 0) return [...pieces, { text: template.slice(at), isExpression: false }];
    if (open > at) pieces.push({ text: template.slice(at, open), isExpression: false });
    const close = closingBrace(template, open);
    pieces.push({ text: template.slice(open + 1, close), isExpression: true });
    at = close + 1;
  }
  return pieces;
}

function closingBrace(template: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < template.length; i++) {
    const each = template[i] as string;
    if (each === '\\') i++;
    else if (quote !== '') quote = each === quote ? '' : quote;
    else if (each === '"' || each === "'") quote = each;
    else if (each === '}') return i;
  }
  throw new Error(
    template.slice(open).includes('[') && !template.slice(open).includes(']')
      ? 'unterminated array'
      : 'unclosed action',
  );
}

/** `.items[*].metadata.name`, with or without `$` or `@` in front. */
export function parsePath(source: string): PathNode[] {
  const nodes: PathNode[] = [];
  let rest = source.replace(/^[$@]/, '');
  if (rest !== '' && !/^[.[]/.test(rest)) rest = `.${rest}`;
  while (rest !== '') {
    if (rest.startsWith('..')) {
      nodes.push({ type: 'recursive' });
      rest = /^\.\.[[.]/.test(rest) ? rest.slice(2) : rest.slice(1);
      continue;
    }
    if (rest.startsWith('.')) {
      const field = /^\.((?:\\.|[^.[\s\\{}()=!<>,'"])*)/.exec(rest) as RegExpExecArray;
      const name = (field[1] ?? '').replace(/\\(.)/g, '$1');
      if (name === '*') nodes.push({ type: 'wildcard' });
      else if (name !== '') nodes.push({ type: 'field', name });
      rest = rest.slice(field[0].length);
      continue;
    }
    if (!rest.startsWith('[')) throw new Error(`unrecognized character in action: U+${codeOf(rest)} '${rest[0]}'`);
    const close = closingBracket(rest);
    nodes.push(bracketNode(rest.slice(1, close)));
    rest = rest.slice(close + 1);
  }
  return nodes;
}

function codeOf(text: string): string {
  return text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

function closingBracket(text: string): number {
  let depth = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const each = text[i] as string;
    if (quote !== '') quote = each === quote ? '' : quote;
    else if (each === '"' || each === "'") quote = each;
    else if (each === '[') depth++;
    else if (each === ']' && --depth === 0) return i;
  }
  throw new Error('unterminated array');
}

function bracketNode(inner: string): PathNode {
  if (inner === '*') return { type: 'wildcard' };
  const filter = /^\?\((.*)\)$/.exec(inner);
  if (filter !== null) return filterNode((filter[1] ?? '').trim());
  const quoted = /^(['"])(.*)\1$/.exec(inner);
  if (quoted !== null) return { type: 'field', name: quoted[2] ?? '' };
  return { type: 'index', slices: inner.split(',').map(sliceOf) };
}

function sliceOf(text: string): Slice {
  const match = /^\s*(-?\d*)(?::(-?\d*))?(?::(-?\d*))?\s*$/.exec(text);
  if (match === null || text.trim() === '') throw new Error(`invalid array index ${text}`);
  const value = (part: string | undefined) => (part === undefined || part === '' ? undefined : Number(part));
  const single = !text.includes(':');
  return { start: value(match[1]), end: value(match[2]), step: value(match[3]) ?? 1, single };
}

function filterNode(text: string): PathNode {
  const match = /^(.*?)\s*(==|!=|<=|>=|<|>)\s*(.*)$/.exec(text);
  if (match === null) return { type: 'filter', left: operandOf(text), operator: 'exists', right: undefined };
  const [, left = '', operator = '', right = ''] = match;
  return { type: 'filter', left: operandOf(left), operator, right: operandOf(right) };
}

function operandOf(text: string): Operand {
  const quoted = /^(['"])(.*)\1$/.exec(text);
  if (quoted !== null) return { value: quoted[2] ?? '' };
  if (text === 'true' || text === 'false') return { value: text === 'true' };
  if (/^-?\d+(\.\d+)?$/.test(text)) return { value: Number(text) };
  return { path: parsePath(text) };
}
